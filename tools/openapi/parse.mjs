// Fails when @readme/openapi-parser refuses the document, or warns about it.
import { compileErrors, validate } from "@readme/openapi-parser";

const [, , path] = process.argv;
const result = await validate(path);
if (!result.valid || result.warnings.length > 0) {
  console.error(`${path}: ${compileErrors(result)}`);
  process.exit(1);
}
