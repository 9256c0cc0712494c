// What the command palette offers beside the actions of the table: sessions, people, codes.
import { untrack } from 'svelte';

export interface PaletteEntry {
  id: string;
  label: string;
  /** Heading it stands under. */
  group: string;
  /** Key caps that do the same. */
  caps?: string[];
  /** Further words it is found by. */
  words?: string[];
  run: () => void;
}

export type PaletteSource = () => PaletteEntry[];

class Palette {
  #sources: PaletteSource[] = $state.raw([]);

  /** Offers the entries of `source` while the palette is open. Returns the end of it. */
  offer(source: PaletteSource): () => void {
    untrack(() => (this.#sources = [...this.#sources, source]));
    return () => (this.#sources = this.#sources.filter((each) => each !== source));
  }

  get entries(): PaletteEntry[] {
    return this.#sources.flatMap((source) => source());
  }
}

export const palette = new Palette();
