import { link, log } from "../control/live";
import { useMedia } from "@selasar/ui/media";
import { useStore } from "@selasar/ui/store";
import { usePanelText } from "../text/say";
import { Empty, Waiting } from "../panel/states";
import { Detail } from "./detail";
import { RowList } from "./rowlist";
import { GlanceView, Hint } from "./glanceview";
import { Splitter, WIDE } from "./splitter";
import { chosen, detailOpen, filterText, timeShown, visible } from "./view";

/** The journal's rows in order, and the detail of the chosen row. */
export function JournalPanel() {
  const say = usePanelText();
  const rows = useStore(visible, (v) => v);
  const connection = useStore(link, (l) => l);
  const filtered = useStore(filterText, (f) => f.trim() !== "");
  const key = useStore(chosen, (c) => c);
  const open = useStore(detailOpen, (o) => o);
  const row = open ? log.find(key) : undefined;
  const wide = useMedia(WIDE);
  const time = useStore(timeShown, (t) => t);
  return (
    <div class="journal">
      <div class="journal-list">
        {rows.length > 0 ? (
          <RowList rows={rows} />
        ) : connection === "connecting" ? (
          <Waiting />
        ) : connection === "gone" ? (
          <Empty title={say("serverGone")} text={say("serverGoneHelp") + " selasar dev"} />
        ) : filtered ? (
          <div class="empty">
            <strong>{say("nothingFound")}</strong>
            <p>{say("nothingFoundHelp", { n: log.rows.length })}</p>
            <button type="button" class="button small" onClick={() => filterText.set("")}>
              {say("showAll")}
            </button>
          </div>
        ) : (
          <Empty title={say("journalEmpty")} text={say("journalEmptyHelp")} />
        )}
        {wide || row || rows.length === 0 ? null : <Hint />}
      </div>
      {row ? (
        <>
          <Splitter />
          <Detail key={row.key} row={row} />
        </>
      ) : wide && !time ? (
        <>
          <Splitter />
          <GlanceView />
        </>
      ) : null}
    </div>
  );
}

/** The filter box, at the end of the line of tabs. */
export function FilterBox() {
  const say = usePanelText();
  const text = useStore(filterText, (f) => f);
  const shown = useStore(visible, (v) => v.length);
  const time = useStore(timeShown, (t) => t);
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      if (text) filterText.set("");
      else document.getElementById("journal-rows")?.focus();
    } else if (event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      document.getElementById("journal-rows")?.focus();
    }
  };
  return (
    <span class="filter">
      {text ? (
        <span class="faint figure" role="status">
          {say("rowsShown", { n: shown })}
        </span>
      ) : null}
      <span class="filter-box">
        <input
          id="journal-filter"
          type="search"
          aria-label={say("filter")}
          placeholder={say("filterPlaceholder")}
          title={say("filterHelp")}
          autocomplete="off"
          spellcheck={false}
          value={text}
          onInput={(event) => filterText.set(event.currentTarget.value)}
          onKeyDown={keys}
        />
        <kbd aria-hidden="true">/</kbd>
      </span>
      <button type="button" class="button small" aria-pressed={time} title={say("timeHelp")} onClick={() => timeShown.set(!time)}>
        {say("timeView")}
      </button>
    </span>
  );
}
