// A map whose readers hear of what they read only: of one id, or of the whole. Unlike Svelte's own map, walking over all
// values is one dependency, not one for each value: with a thousand markers that is most of what a tag costs.
import { untrack } from 'svelte';

/** What stands under an id, for who asked for that id alone; it outlives its value, so that its coming back is heard. */
class Place<Value> {
  value: Value | undefined;
  constructor(value: Value) {
    this.value = $state.raw(value);
  }
}

export class Shelf<Value> extends Map<string, Value> {
  readonly #places = new Map<string, Place<Value>>();
  #version = $state(0);

  /** Reactive for this id alone; for one that was never there, for every change. */
  override get(id: string): Value | undefined {
    const place = this.#places.get(id);
    if (place === undefined) void this.#version;
    return place?.value;
  }

  override has(id: string): boolean {
    return this.get(id) !== undefined;
  }

  override set(id: string, value: Value): this {
    const place = this.#places.get(id);
    if (place === undefined) this.#places.set(id, new Place(value));
    else if (untrack(() => place.value) === value) return this;
    else place.value = value;
    super.set(id, value);
    this.#changed();
    return this;
  }

  override delete(id: string): boolean {
    const place = this.#places.get(id);
    if (place === undefined || !super.delete(id)) return false;
    place.value = undefined;
    this.#changed();
    return true;
  }

  override clear(): void {
    for (const id of [...super.keys()]) this.delete(id);
  }

  override get size(): number {
    void this.#version;
    return super.size;
  }

  override keys(): MapIterator<string> {
    void this.#version;
    return super.keys();
  }

  override values(): MapIterator<Value> {
    void this.#version;
    return super.values();
  }

  override entries(): MapIterator<[string, Value]> {
    void this.#version;
    return super.entries();
  }

  override forEach(each: (value: Value, id: string, map: Map<string, Value>) => void): void {
    for (const [id, value] of this.entries()) each(value, id, this);
  }

  override [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }

  #changed(): void {
    untrack(() => (this.#version += 1));
  }
}
