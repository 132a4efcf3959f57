import type { Scratch } from './window.mjs';

export function makeScratch(settings?: Readonly<Record<string, unknown>>): Scratch;
/** Folder of an extension that takes the place of VS Code's own Microsoft accounts. */
export const fakeMicrosoftAccount: string;
export function installExtensions(extensionsFolder: string, folders: readonly string[]): void;
export function copyExtension(scratch: Scratch): string;
