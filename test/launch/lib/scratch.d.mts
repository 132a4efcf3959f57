import type { Scratch } from './window.mjs';

export function makeScratch(settings?: Readonly<Record<string, unknown>>): Scratch;
export function installExtensions(extensionsFolder: string, folders: readonly string[]): void;
export function copyExtension(scratch: Scratch): string;
