export { page, type Page } from "./page.js";
export { trustTag } from "./tag.js";
export type { Listener } from "./events.js";
export type { Outcome, Question } from "./questions.js";
