import { render } from "preact";
import { App } from "./app";
import { follow } from "./control/live";
import { listenForKeys } from "./keys";
import { showAutomaticDeeplinks } from "./phone/automatic";
import { followMessages } from "./phone/inbox";
import { tellRefusals } from "./said";
import "./style/index.css";

render(<App />, document.getElementById("page")!);
listenForKeys();
tellRefusals();
showAutomaticDeeplinks();
followMessages();
void follow();
