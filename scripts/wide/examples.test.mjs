// The example in Vue. `make test` has the one in React.
import { testArah } from "../../test/examples/arah.mjs";

testArah("vue", "Vue");
