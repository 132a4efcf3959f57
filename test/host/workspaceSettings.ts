import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { eventually } from './harness';

/** A settings file that a repository can bring along: of a folder, or a `.code-workspace`. */
export interface SettingsFile {
	readonly uri: vscode.Uri;
	/** What the editor asks when it wants this file's values; absent: no folder in particular. */
	readonly scope?: vscode.Uri;
}

/** `.vscode/settings.json` of a folder. */
export function folderSettings(folder: vscode.Uri): SettingsFile {
	return { uri: vscode.Uri.joinPath(folder, '.vscode', 'settings.json'), scope: folder };
}

/**
 * Runs `work` while `file` holds `settings` (an object, or the text of one), and puts the former content back. When `work` runs, the
 * editor has read the file.
 */
export async function withWorkspaceSettings(file: SettingsFile, settings: unknown, work: () => Promise<void> | void): Promise<void> {
	const path = file.uri.fsPath;
	const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
	const marker = `imgprompt${performance.now()}`;
	const isRead = (): boolean => vscode.workspace.getConfiguration(undefined, file.scope ?? null).get('imgpromptTest.marker') === marker;
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, contentOf(path, before, settings, marker));
	try {
		await eventually(`${path} to be read`, isRead);
		await work();
	} finally {
		if (before === undefined) {
			rmSync(path);
		} else {
			writeFileSync(path, before);
		}
		await eventually(`${path} to be forgotten`, () => !isRead());
	}
}

/** The marker comes first, and the settings as they were spelled: even names that an object literal would swallow. */
function contentOf(path: string, before: string | undefined, settings: unknown, marker: string): string {
	const text = typeof settings === 'string' ? settings : JSON.stringify(settings);
	const marked = `{ "imgpromptTest.marker": "${marker}", ${text.slice(text.indexOf('{') + 1)}`;
	if (!path.endsWith('.code-workspace')) {
		return marked;
	}
	const { folders } = JSON.parse(before ?? '{}') as { readonly folders?: unknown };
	return `{ "folders": ${JSON.stringify(folders ?? [])}, "settings": ${marked} }`;
}
