/** Longer notices are cut off by VS Code as well, at about this length. */
const maxLength = 1000;

/**
 * `text` as VS Code's notifications show it word for word. They take `[words](address)` for a link, also to a `command:`, and a
 * server's error or a file's name must not become something to press.
 */
export function asPlainText(text: string): string {
	return text.slice(0, maxLength).replaceAll('](', '] (');
}

/** `text` as the status bar shows it word for word, which takes `$(name)` for an icon. */
export function withoutIcons(text: string): string {
	return text.replaceAll('$(', '$ (');
}
