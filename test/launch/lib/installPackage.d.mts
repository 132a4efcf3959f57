import type { Scratch } from './window.mjs';

export function installPackage(path: string, scratch: Scratch): Promise<void>;
