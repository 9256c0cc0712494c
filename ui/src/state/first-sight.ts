// What the first sight of the work does not need is loaded after it: menus, dialogs, other screens.

let tell: (() => void) | undefined;
const seen = new Promise<void>((resolve) => (tell = resolve));

/** To be called once the work is on the screen. */
export const firstSightIsThere = (): void => tell?.();

/** Loads a part of the window when the work has been on the screen. */
export const afterFirstSight = <Part>(load: () => Promise<Part>): Promise<Part> => seen.then(load);
