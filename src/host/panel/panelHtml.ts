/** What the page of one panel is made of. Addresses come from `asWebviewUri`. */
export interface PanelPage {
	/** BCP 47 tag. */
	readonly language: string;
	/** The webview's own `cspSource`. */
	readonly cspSource: string;
	/** Unguessable, and new for every page. */
	readonly nonce: string;
	readonly scriptUri: string;
	readonly styleUri: string;
	/** Opaque; the page keeps it for VS Code's restoring. */
	readonly sessionId: string;
}

/** Nothing but our own script and style, pictures from our roots, and no string that becomes markup. */
export function contentSecurityPolicy({ cspSource, nonce }: Pick<PanelPage, 'cspSource' | 'nonce'>): string {
	return [
		"default-src 'none'",
		`img-src ${cspSource} blob:`,
		`font-src ${cspSource}`,
		`style-src 'nonce-${nonce}'`,
		`script-src 'nonce-${nonce}'`,
		"base-uri 'none'",
		"form-action 'none'",
		"require-trusted-types-for 'script'",
		'trusted-types lit-html',
	].join('; ');
}

/** The whole document of a panel: an empty root that the script fills from the pushed state. */
export function panelHtml(page: PanelPage): string {
	const { language, nonce, scriptUri, styleUri, sessionId } = page;
	return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(contentSecurityPolicy(page))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Image Prompt</title>
<link rel="stylesheet" nonce="${escapeHtml(nonce)}" href="${escapeHtml(styleUri)}">
</head>
<body>
<div id="panel" data-session-id="${escapeHtml(sessionId)}"></div>
<script nonce="${escapeHtml(nonce)}" src="${escapeHtml(scriptUri)}"></script>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
	return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);
}
