// From a key press to an action. Text fields keep what is typed; a control that was focused by keyboard keeps
// Space, Enter and the arrows; behind an open dialog nothing works but what works everywhere.
import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { chordOfPress } from './chord';
import { ACTIONS, actionOf, chordOf, chordTable, type ActionId, type KeyAction } from './map';

/** Runs an action. False: not now; the key keeps its usual meaning. */
export type Handler = (event?: KeyboardEvent) => unknown;
/** Sees plain keys first, by name (`W`, `3`, `Escape`). True: taken. */
export type Interceptor = (key: string, event: KeyboardEvent) => boolean;

interface HandlerOptions {
  /** Whether the action can be done now; asked by menus, palette and dispatch. */
  enabled?: () => boolean;
  /** What it would do now, where that can be said better than in the table; null: as in the table. */
  label?: () => string | null;
}

interface Registered {
  run: Handler;
  enabled: () => boolean;
  label: () => string | null;
}

export class Keys {
  overrides: { readonly [key in string]?: string } = $state.raw({});
  readonly #table = $derived(chordTable(this.overrides));
  readonly #handlers = new SvelteMap<ActionId, Registered[]>();
  readonly #interceptors: Interceptor[] = [];
  /** Open dialogs, the latest last. */
  readonly #dialogs: { ofCoding: boolean }[] = [];
  /** The control that has the focus because it was clicked: the web engine rings it at the next key all the same. */
  #pointed: Element | null = null;

  /** Registers what an action does; the latest one counts. Returns the end of it. */
  handle(id: ActionId, run: Handler, options: HandlerOptions = {}): () => void {
    const { enabled = () => true, label = () => null } = options;
    const registered: Registered = { run, enabled, label };
    // Whoever registers in an effect must not hear of its own registration.
    const change = (to: (list: Registered[]) => Registered[]) =>
      untrack(() => this.#handlers.set(id, to(this.#handlers.get(id) ?? [])));
    change((list) => [...list, registered]);
    return () => void change((list) => list.filter((each) => each !== registered));
  }

  /** Registers several at once. */
  handleAll(handlers: { [Id in ActionId]?: Handler }): () => void {
    const ends = Object.entries(handlers).map(([id, run]) => this.handle(id as ActionId, run));
    return () => {
      for (const end of ends) end();
    };
  }

  /** Lets `sees` look at plain keys before the table does; the latest one first. */
  intercept(sees: Interceptor): () => void {
    this.#interceptors.push(sees);
    return () => {
      this.#interceptors.splice(this.#interceptors.indexOf(sees), 1);
    };
  }

  /** A dialog opened: what lies behind it does not hear. Returns how to say that it closed. */
  opened(ofCoding = false): () => void {
    const dialog = { ofCoding };
    this.#dialogs.push(dialog);
    return () => {
      this.#dialogs.splice(this.#dialogs.indexOf(dialog), 1);
    };
  }

  /** Some dialog is open. */
  get inDialog(): boolean {
    return this.#dialogs.length > 0;
  }

  /** Somebody handles the action and it can be done now. */
  works(id: ActionId): boolean {
    return this.#current(id)?.enabled() ?? false;
  }

  /** Actions that can be done now, in the order of the table. */
  get working(): KeyAction[] {
    return ACTIONS.filter((action) => this.works(action.id));
  }

  /** What an action would do now, in words for menus and the palette. */
  labelOf(id: ActionId): string {
    return this.#current(id)?.label() ?? actionOf(id).label;
  }

  chordOf(id: ActionId): string {
    return chordOf(id, this.overrides);
  }

  /** Does an action, as a menu or the palette would. False when it cannot be done now. */
  run(id: ActionId, event?: KeyboardEvent): boolean {
    const registered = this.#current(id);
    if (registered === undefined || !registered.enabled()) return false;
    return registered.run(event) !== false;
  }

  /** Takes a key press; true when it did something. */
  press(event: KeyboardEvent): boolean {
    if (event.defaultPrevented || event.isComposing) return false;
    const chord = chordOfPress(event);
    if (chord === null) return false;
    const wanted = this.#table.get(chord) ?? [];
    const id = wanted.find((each) => this.works(each)) ?? wanted[0];
    const everywhere = id !== undefined && actionOf(id).inText === true;
    const target = event.target instanceof Element ? event.target : null;
    if (
      !everywhere &&
      (typing(target) || this.#keptByDialog(target, id) || this.#keptByControl(target, chord))
    )
      return false;
    if (TABS.includes(chord) && !walksMarkers(target)) return false;
    if (!this.#act(chord, id, event)) return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  /** Listens on `target` until the returned function is called. */
  listen(target: Window): () => void {
    const heard = (event: KeyboardEvent) => void this.press(event);
    // Pressed beside all controls, where the focus may stay on one: nobody works that one by keyboard.
    const pointed = (event: PointerEvent) =>
      (this.#pointed = controlOf(event.target) ?? controlOf(document.activeElement));
    const focused = (event: FocusEvent) => {
      if (controlOf(event.target) !== this.#pointed) this.#pointed = null;
    };
    target.addEventListener('keydown', heard);
    target.addEventListener('pointerdown', pointed, true);
    target.addEventListener('focusin', focused);
    return () => {
      target.removeEventListener('keydown', heard);
      target.removeEventListener('pointerdown', pointed, true);
      target.removeEventListener('focusin', focused);
    };
  }

  #act(chord: string, id: ActionId | undefined, event: KeyboardEvent): boolean {
    if (plain(chord)) {
      for (const sees of [...this.#interceptors].reverse()) if (sees(chord, event)) return true;
    }
    return id !== undefined && this.run(id, event);
  }

  /** A dialog or menu is open: behind it nothing is heard but undo and redo, where it belongs to the coding. */
  #keptByDialog(target: Element | null, id: ActionId | undefined): boolean {
    if (!this.inDialog) {
      return menuIn(target?.ownerDocument) || target?.closest('[role="listbox"][data-open]') != null;
    }
    const through = id !== undefined && actionOf(id).inCodingDialog === true;
    return !through || this.#dialogs.at(-1)?.ofCoding !== true;
  }

  /** A control that was focused by keyboard keeps Space, Enter and the arrows. */
  #keptByControl(target: Element | null, chord: string): boolean {
    const control = controlOf(target);
    if (control === null || control === this.#pointed || !control.matches(':focus-visible')) return false;
    return KEPT.includes(chord);
  }

  #current(id: ActionId): Registered | undefined {
    return this.#handlers.get(id)?.at(-1);
  }
}

/** No modifier. */
const plain = (chord: string) => !chord.includes('+') || chord === '+';

const NOT_TEXT = ['button', 'checkbox', 'radio', 'range', 'color', 'file', 'image', 'reset', 'submit'];

/** The focus is where letters are typed. */
function typing(target: Element | null): boolean {
  if (target === null) return false;
  if (target.tagName === 'INPUT') return !NOT_TEXT.includes(target.getAttribute('type') ?? 'text');
  return (
    target.tagName === 'TEXTAREA' ||
    target.tagName === 'SELECT' ||
    target.closest('[contenteditable="true"]') !== null
  );
}

const KEPT = [
  'Space',
  'Enter',
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'PageUp',
  'PageDown',
];
const TABS = ['Tab', 'Shift+Tab'];

/** Tab walks the markers of the transcript; in every other part of the window it moves from control to control. */
const walksMarkers = (target: Element | null) =>
  target === null || target.tagName === 'BODY' || target.closest('[data-keys="coding"]') !== null;

const CONTROLS =
  'button, a[href], input, summary, [role="slider"], [role="option"], [role="radio"], [role="checkbox"], [role="switch"], [role="tab"], [role="menuitem"]';

const OPEN_MENU = '[role="menu"][data-state="open"]';

/**
 * A menu is open. Menus stand in their own place or beside the page's content: looking through a long transcript for
 * one would cost more than all else that a key does.
 */
function menuIn(page: Document | undefined): boolean {
  if (page === undefined) return false;
  const places = [page.getElementById('menu-place'), ...page.body.children];
  return places.some(
    (place) => place !== null && place.id !== 'app' && place.querySelector(OPEN_MENU) !== null,
  );
}

/** The control that an event is about. */
const controlOf = (target: EventTarget | null) =>
  target instanceof Element ? target.closest(CONTROLS) : null;

export const keys = new Keys();
