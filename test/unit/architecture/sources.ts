import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/** A file of the repository: path relative to its root with `/`, and content. */
export interface SourceFile {
	readonly path: string;
	readonly text: string;
}

/** All files below `folder` (relative to the repository, from which npm runs the tests) whose names end with `suffix`. */
export function readSources(folder: string, suffix: string): readonly SourceFile[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter(name => name.endsWith(suffix))
		.map(name => join(folder, name))
		.sort()
		.map(path => ({ path: path.split(sep).join('/'), text: readFileSync(path, 'utf8') }));
}
