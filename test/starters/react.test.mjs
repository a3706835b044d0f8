// Vite with React under `selasar dev`. `make test-wide` adds the other starter projects.
import { testStarter } from "./hotreload.mjs";

testStarter("react");
