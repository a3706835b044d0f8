import { trustTag } from "@selasar/page";
import { install } from "./install.js";

trustTag();
install();
