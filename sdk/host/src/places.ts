import { MAX_QUEUED, MAX_RUNNING } from "@selasar/protocol";

/** An object with an id that is used once. */
interface Numbered {
  id: number;
}

/** Limits concurrency: at most `MAX_RUNNING` entries run, and `MAX_QUEUED` more wait. */
export class Places<T extends Numbered> {
  private readonly queue: T[] = [];
  private readonly ids = new Set<number>();
  private running = 0;
  private draining = false;

  constructor(private readonly run: (item: T) => void) {}

  /** Returns the number of waiting entries. */
  get waiting(): number {
    return this.queue.length;
  }

  /** Reports whether an entry of this id waits. */
  has(id: number): boolean {
    return this.ids.has(id);
  }

  /** Runs the entry now or later; returns false when the queue is full. */
  take(item: T): boolean {
    if (this.running < MAX_RUNNING) {
      this.running++;
      this.run(item);
    } else if (this.queue.length < MAX_QUEUED) {
      this.queue.push(item);
      this.ids.add(item.id);
    } else {
      return false;
    }
    return true;
  }

  /** Releases one slot to the next waiting entry. */
  free(): void {
    this.running--;
    if (this.draining) return; // the loop below continues; no recursion, whatever the depth
    this.draining = true;
    while (this.running < MAX_RUNNING && this.queue.length > 0) {
      const next = this.queue.shift()!;
      this.ids.delete(next.id);
      this.running++;
      this.run(next);
    }
    this.draining = false;
  }

  /** Drops the waiting entries. */
  clear(): void {
    this.queue.length = 0;
    this.ids.clear();
  }
}
