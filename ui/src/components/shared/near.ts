// Which parts of a long page are near what is seen of it: only those are drawn in full.

type Heard = (near: boolean) => void;

/** Tells each watched part of one scrolled page when it comes near what is seen, and when it goes far away. */
export class Nearness {
  readonly #margin: string;
  readonly #heard = new Map<Element, Heard>();
  #observer: IntersectionObserver | null = null;

  /** `margin`: how far around the view is near, as `rootMargin` says it. */
  constructor(margin: string) {
    this.#margin = margin;
  }

  /**
   * An attachment for a part. One that is hidden hears nothing: it comes back as it was. Nor does one that has the
   * focus hear that it is far: who is within by keyboard is not left without a place.
   */
  watch(heard: Heard): (part: HTMLElement) => () => void {
    return (part) => {
      this.#heard.set(part, heard);
      this.#over(part).observe(part);
      return () => {
        this.#heard.delete(part);
        this.#observer?.unobserve(part);
        if (this.#heard.size === 0) this.#end();
      };
    };
  }

  #over(part: HTMLElement): IntersectionObserver {
    this.#observer ??= new IntersectionObserver((entries) => this.#tell(entries), {
      root: part.closest('[data-scrolls]'),
      rootMargin: this.#margin,
    });
    return this.#observer;
  }

  #tell(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const leaves = target.checkVisibility() && !target.contains(document.activeElement);
      if (isIntersecting || leaves) this.#heard.get(target)?.(isIntersecting);
    }
  }

  #end(): void {
    this.#observer?.disconnect();
    this.#observer = null;
  }
}
