window.seen = [];
window.kept = "in memory";
addEventListener("DOMContentLoaded", () => {
  const at = (id) => document.getElementById(id);
  const file = () => URL.createObjectURL(new Blob(["a;b"], { type: "text/csv" }));
  at("blob").href = file();
  at("stopped").href = file();
  at("stopped").addEventListener("click", (event) => event.stopPropagation());
  at("own").addEventListener("click", (event) => {
    window.seen.push(`prevented before: ${event.defaultPrevented}`);
    event.preventDefault();
    window.seen.push(`prevented after: ${event.defaultPrevented}`);
  });
  at("again").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = file();
    link.download = "alone.csv";
    link.dispatchEvent(new MouseEvent("click", { cancelable: true }));
  });
  at("copy").addEventListener("click", async () => {
    window.seen.push(await navigator.clipboard.writeText("kopi").then(() => "written", String));
  });
  document.body.dataset.ready = "true";
});
for (const [target, name] of [
  [document, "visibilitychange"],
  [window, "pagehide"],
  [window, "beforeunload"],
]) {
  target.addEventListener(name, () => {
    const line = `${name} ${document.visibilityState}`;
    window.seen.push(line);
    localStorage.setItem("seen", `${localStorage.getItem("seen") ?? ""}${line};`);
  });
}
