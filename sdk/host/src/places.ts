import { MAX_QUEUED, MAX_RUNNING } from "@selasar/protocol";

/** What has an id that is used once. */
interface Numbered {
  id: number;
}

/** Lets at most `MAX_RUNNING` things run at once and `MAX_QUEUED` more wait for their turn. */
export class Places<T extends Numbered> {
  private readonly queue: T[] = [];
  private readonly ids = new Set<number>();
  private running = 0;
  private draining = false;

  constructor(private readonly run: (item: T) => void) {}

  /** How many wait. */
  get waiting(): number {
    return this.queue.length;
  }

  /** Whether something of this id waits. */
  has(id: number): boolean {
    return this.ids.has(id);
  }

  /** Runs it now or when its turn comes; false when too many wait already. */
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

  /** Gives one place to the next in line. */
  free(): void {
    this.running--;
    if (this.draining) return; // the loop below goes on, however deep we are in it
    this.draining = true;
    while (this.running < MAX_RUNNING && this.queue.length > 0) {
      const next = this.queue.shift()!;
      this.ids.delete(next.id);
      this.running++;
      this.run(next);
    }
    this.draining = false;
  }

  /** Forgets the waiting entries. */
  clear(): void {
    this.queue.length = 0;
    this.ids.clear();
  }
}
