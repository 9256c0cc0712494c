// Which one of many is lit. Each asks for itself, and only the two that change are told: with a thousand marks on
// the screen, comparing every one of them with the selected id would cost more than all the rest of a tag.

class Light {
  on: boolean;
  constructor(on: boolean) {
    this.on = $state(on);
  }
}

export class Lit {
  readonly #lights = new Map<string, Light>();
  #id: string | null = null;

  /** Whether `id` is the one. Reactive for that id alone. */
  is(id: string): boolean {
    let light = this.#lights.get(id);
    if (light === undefined) {
      light = lightApart(id === this.#id);
      this.#lights.set(id, light);
    }
    return light.on;
  }

  /** Makes `id` the one; null: none. */
  put(id: string | null): void {
    if (id === this.#id) return;
    const before = this.#id === null ? undefined : this.#lights.get(this.#id);
    const now = id === null ? undefined : this.#lights.get(id);
    this.#id = id;
    if (before !== undefined) before.on = false;
    if (now !== undefined) now.on = true;
  }
}

/** A light made apart from who asks for it first: a reaction does not listen to state that it made itself. */
function lightApart(on: boolean): Light {
  const made: Light[] = [];
  const end = $effect.root(() => {
    made.push(new Light(on));
  });
  end();
  return made[0] ?? new Light(on);
}
