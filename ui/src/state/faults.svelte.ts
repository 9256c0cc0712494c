// Faults of the window itself: uncaught errors and refusals of the content security policy. What is kept is
// the kind and the place in the code, never a message, because a message may quote a transcript.

export interface Fault {
  kind: string;
  place: string;
}

export class Faults {
  list = $state<Fault[]>([]);

  /** Keeps a fault, the newest twenty. */
  add(kind: string, place: string): void {
    this.list = [...this.list, { kind, place }].slice(-20);
  }

  clear(): void {
    this.list = [];
  }

  /** Listens to `target` until the window closes. */
  listen(target: Window): void {
    target.addEventListener('error', (event) => {
      this.add(nameOf(event.error), `${fileName(event.filename)}:${event.lineno}:${event.colno}`);
    });
    target.addEventListener('unhandledrejection', (event) => {
      this.add(nameOf(event.reason), 'promise');
    });
    target.addEventListener('securitypolicyviolation', (event) => {
      this.add(`policy ${event.effectiveDirective}`, `${fileName(event.sourceFile)}:${event.lineNumber}`);
    });
  }
}

/** The class of an error, or the code of a refusal. */
export function nameOf(reason: unknown): string {
  if (reason instanceof Error) return reason.name;
  if (typeof reason === 'object' && reason !== null && 'code' in reason) return String(reason.code);
  return 'fault';
}

const fileName = (address: string | null) => (address ?? '').split('/').at(-1) ?? '';

export const faults = new Faults();
