/** Path of the browser's program; installs it where that needs nobody's consent. */
export function ensureChromium(): Promise<string>;
