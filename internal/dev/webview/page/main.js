const view = "{{view}}";
const kit = connect(view.host);
if (kit) {
  setAgent(view);
  limit(kit);
  hide(view, kit);
  useKeyboard(view, kit);
  kit.tell({ type: "here" });
}
