import { page } from "@selasar/page";
import { install } from "./install.js";

// <script src="gp-container.min.js" data-host-origins="https://superapp.example https://other.example">
const named = (document.currentScript as HTMLScriptElement | null)?.dataset.hostOrigins;
for (const origin of named?.match(/[^\s,]+/g) ?? []) page().hosts.add(origin.replace(/\/$/, ""));
install();
