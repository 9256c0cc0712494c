// Short messages at the foot of the window. What went wrong stays until it is dismissed; the rest goes by itself.

export interface Toast {
  id: number;
  kind: 'problem' | 'done';
  text: string;
  /** A later message of the same slot takes its place. */
  slot: string | null;
}

/** How long a message that needs no answer stays. */
const STAYS_MS = 4000;
const MOST = 4;

export class Toasts {
  list: Toast[] = $state([]);
  #next = 1;

  problem(text: string): void {
    this.#add('problem', text);
  }

  done(text: string, slot: string | null = null): void {
    const id = this.#add('done', text, slot);
    setTimeout(() => this.dismiss(id), STAYS_MS);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  #add(kind: Toast['kind'], text: string, slot: string | null = null): number {
    const id = this.#next;
    this.#next += 1;
    // The same problem again replaces the one on the screen.
    const others = this.list.filter((toast) => toast.text !== text && (slot === null || toast.slot !== slot));
    this.list = [...others, { id, kind, text, slot }].slice(-MOST);
    return id;
  }
}
