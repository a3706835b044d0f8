import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { log } from "../control/live";
import { Sign } from "@selasar/ui/parts/sign";
import { useStore } from "@selasar/ui/store";
import { usePanelText } from "../text/say";
import { Axis, Bars } from "./bars";
import type { Row } from "./log";
import { pictureOf, type Picture } from "./picture";
import { RowLine } from "./rowline";
import { spansOf } from "./span";
import { choose, chosen, detailOpen, step, timeShown } from "./view";

/** The height of a row in pixels, equal to the style sheet's. All rows have one height, so only visible rows are rendered. */
const ROW = 24;
const AROUND = 12;

/** The list of rows. It follows the end until the reader scrolls up. */
export function RowList({ rows }: { rows: readonly Row[] }) {
  const say = usePanelText();
  const box = useRef<HTMLDivElement>(null);
  const key = useStore(chosen, (c) => c);
  const [view, setView] = useState({ top: 0, height: 600 });
  const [following, setFollowing] = useState(true);
  const [seen, setSeen] = useState(rows.length);
  const measure = () => {
    const el = box.current;
    if (!el) return;
    const atEnd = el.scrollTop + el.clientHeight >= el.scrollHeight - ROW / 2;
    setFollowing(atEnd);
    setView({ top: el.scrollTop, height: el.clientHeight });
  };
  const toEnd = () => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  };
  useKeepPlace(box, following);
  useLayoutEffect(() => {
    if (!following) return;
    toEnd();
    setSeen(rows.length);
  }, [rows, following]);
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      if (following) toEnd();
      if (box.current) setView({ top: box.current.scrollTop, height: box.current.clientHeight });
    });
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, [following]);
  const first = Math.max(0, Math.floor(view.top / ROW) - AROUND);
  const last = Math.min(rows.length, Math.ceil((view.top + view.height) / ROW) + AROUND);
  const shown = useStore(timeShown, (t) => t);
  const picture = useMemo(() => (shown ? pictureOf(spansOf(rows)) : undefined), [rows, shown]);
  const selected = rows.findIndex((row) => row.key === key);
  return (
    <>
      {picture ? (
        <div class="rows-axis">
          <Axis picture={picture} />
        </div>
      ) : null}
      <div
        id="journal-rows"
        class="rows"
        data-time={shown}
        ref={box}
        role="listbox"
        aria-label={say("panel_journal")}
        tabIndex={0}
        onScroll={measure}
        aria-activedescendant={selected >= first && selected < last ? "row-" + selected : undefined}
        onKeyDown={(event) => move(event, box.current)}
      >
        <ShownRows rows={rows} first={first} last={last} picture={picture} />
      </div>
      {following ? null : (
        <button type="button" class="to-latest" onClick={toEnd}>
          <Sign name="down" size={12} />
          {rows.length > seen ? say("newRows", { n: rows.length - seen }) : say("toLatest")}
        </button>
      )}
    </>
  );
}

interface ShownProps {
  rows: readonly Row[];
  /** The range of the rows to render. */
  first: number;
  last: number;
  picture: Picture | undefined;
}

/** Renders the rows around the visible part of the list. */
function ShownRows({ rows, first, last, picture }: ShownProps) {
  const key = useStore(chosen, (c) => c);
  return (
    <div class="rows-space" role="presentation" style={{ height: `${rows.length * ROW}px` }}>
      <div role="presentation" class="rows-shown" style={{ transform: `translateY(${first * ROW}px)` }}>
        {rows.slice(first, last).map((row, i) => (
          <RowLine
            key={row.key}
            entry={row.entry}
            at={row.at}
            depth={row.depth}
            id={"row-" + (first + i)}
            position={first + i + 1}
            total={rows.length}
            selected={row.key === key}
            before={rows[first + i - 1]?.at}
            bars={picture ? <Bars picture={picture} at={first + i} /> : undefined}
            press={() => {
              choose(row);
              detailOpen.set(true);
            }}
          />
        ))}
      </div>
    </div>
  );
}

/** Keeps the visible rows in place when old rows above them are dropped. */
function useKeepPlace(box: { current: HTMLDivElement | null }, following: boolean): void {
  const before = useRef(log.dropped);
  useLayoutEffect(() => {
    const gone = log.dropped - before.current;
    before.current = log.dropped;
    if (gone > 0 && !following && box.current) box.current.scrollTop -= gone * ROW;
  });
}

const PAGE = 12;

function move(event: KeyboardEvent, box: HTMLElement | null): void {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE, Home: -1e9, End: 1e9 };
  const by = steps[event.key];
  if (by !== undefined) {
    event.preventDefault();
    reveal(step(by), box);
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (chosen.get() === null) reveal(step(-1), box);
    detailOpen.set(true);
  } else if (event.key === "Escape" && detailOpen.get()) {
    event.preventDefault();
    detailOpen.set(false);
  }
}

/** Scrolls just far enough to show the row. */
function reveal(index: number, box: HTMLElement | null): void {
  if (!box || index < 0) return;
  const top = index * ROW;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + ROW > box.scrollTop + box.clientHeight) box.scrollTop = top + ROW - box.clientHeight;
}
