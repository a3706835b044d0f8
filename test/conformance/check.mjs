import assert from "node:assert/strict";

const kindOf = (value) => (Array.isArray(value) ? "array" : typeof value);

/** Checks the callback and the result of a row against the bindings. */
export function check(row, { callback, result }) {
  if (row.kind === "success") succeeded(row, callback, result);
  else failed(row, callback, result);
}

function succeeded(row, callback, result) {
  assert.equal(callback, "success", result.error_message ?? result.errorMessage);
  assert.equal(result.success, true);
  assert.equal(result.ret, "GP_SUCCESS");
  const chosen = row.state.variants ?? {};
  const asText = chosen.data === "string" || row.state.app_version === "1.99.0";
  const { data } = result;
  const expected = Object.entries(row.method.result);
  if (expected.length === 0) assert.equal(data, undefined, "there is no data");
  else assert.equal(typeof data, asText ? "string" : "object", "the form of data");
  const read = asText && data !== undefined ? JSON.parse(data) : data;
  for (const [name, type] of expected) {
    if (name === "successScope" && chosen["success-scope"] === "top") continue;
    const wanted = name === "is_rooted" ? (chosen.rooted ?? "string") : type;
    assert.equal(kindOf(read[name]), wanted, `data.${name}`);
  }
  for (const [name, type] of Object.entries(row.method.beside ?? {})) {
    if (name === "successScope" && chosen["success-scope"] === "data") assert.equal(result[name], undefined);
    else assert.equal(kindOf(result[name]), type, name);
  }
}

/** The methods whose documented failure for wrong parameters has a form of its own. */
const CALLBACK_FAILURES = ["GPAnalytics.trackEvent", "GPCamera.takePhoto"];

/** The host itself answers after the end of the launch. It does not know the generation, so it writes both spellings. */
function failed(row, callback, result) {
  assert.equal(callback, "failure", JSON.stringify(result));
  if (CALLBACK_FAILURES.includes(row.method.name) && row.kind >= 200 && row.kind <= 202) {
    assert.deepEqual(Object.keys(result).toSorted(), ["callbackId", "errorCode", "errorMessage", "ret"]);
    assert.equal(result.errorCode, "GP_PARAM_ERR");
    assert.equal(result.ret, "GP_PARAM_ERR");
    return;
  }
  assert.equal(result.success, false);
  assert.equal(result.ret, "GP_EXCEPTION");
  const { "error-keys": keys = row.generation === "container-v1" && !row.ended ? "camel" : "both", codes = "string" } =
    row.state.variants ?? {};
  const code = codes === "number" ? row.kind : String(row.kind);
  const spelled = (names, present) => {
    const [codeName, typeName, messageName] = names;
    assert.equal(result[codeName], present ? code : undefined, result[messageName]);
    assert.equal(result[typeName], present ? "JS_BRIDGE_ERROR" : undefined);
    assert.equal(typeof result[messageName], present ? "string" : "undefined");
  };
  spelled(["error_code", "error_type", "error_message"], keys !== "camel");
  spelled(["errorCode", "errorType", "errorMessage"], keys !== "snake");
  const message = result.error_message ?? result.errorMessage;
  if (row.title === "not granted") assert.equal(result.msg, "Please apply for JSAPI authorization", message);
}
