import { render } from "preact";
import { App } from "./app";
import { follow } from "./control/live";
import { listenForKeys } from "./keys";
import { showAutomaticDeeplinks } from "./phone/automatic";
import { followMessages } from "./phone/inbox";
import { openBefore } from "./phone/reopen";
import { launch } from "./phone/session";
import { tellRefusals } from "./said";
import "./style/index.css";

const before = openBefore();
if (before) launch(false, before.path);
render(<App />, document.getElementById("page")!);
listenForKeys();
tellRefusals();
showAutomaticDeeplinks();
followMessages();
void follow();
