import type { BrowserContext, Page } from 'playwright-core';
import type { PanelState } from '../../src/protocol/messages';
import themesFile from './themes.json' with { type: 'json' };

/** The kinds of themes that VS Code has, by the names of the gallery. */
export type ThemeName = keyof typeof themesFile.themes;

/** All of them. */
export const themeNames = Object.keys(themesFile.themes) as ThemeName[];

/** What the page did, as the faked host saw it. */
export interface Traffic {
	readonly sent: readonly { readonly id: number; readonly method: string; readonly params: unknown }[];
	readonly kept: unknown;
	readonly violations: readonly string[];
}

interface FakedWindow {
	acquireVsCodeApi(): unknown;
	fakedHost: {
		sent: { id: number; method: string; params: unknown }[];
		violations: string[];
		state: unknown;
		answers: Record<string, string | null>;
	};
}

/** A tab with the real page in it and a host that answers every call with success, or with the error that it was given. */
export class GalleryPage {
	readonly page: Page;
	readonly #origin: string;

	constructor(page: Page, origin: string) {
		this.page = page;
		this.#origin = origin;
	}

	/** Opens the page in `theme`; it is empty until a state is pushed. */
	static async open(context: BrowserContext, origin: string, theme: ThemeName): Promise<GalleryPage> {
		const page = await context.newPage();
		await page.addInitScript(fakeVsCode, { theme: themesFile.themes[theme], defaultStyles: themesFile.defaultStyles });
		const gallery = new GalleryPage(page, origin);
		await gallery.reload();
		return gallery;
	}

	/** Loads the page anew, as VS Code does when a hidden panel is shown; what it kept is kept. */
	async reload(): Promise<void> {
		await this.page.goto(`${this.#origin}/`);
		await this.page.waitForFunction(() => (window as unknown as FakedWindow).fakedHost.sent.some(({ method }) => method === 'ready'));
	}

	/** Sends a state and waits until it is drawn, pictures included. */
	async show(state: PanelState): Promise<void> {
		await this.page.evaluate(pushed => window.postMessage({ type: 'stateChanged', state: pushed }, '*'), state);
		await this.page.locator(`.panel.${state.phase.kind}`).waitFor();
		await this.page.evaluate(async () => {
			await Promise.all([...document.images].map(image => image.decode().catch(() => undefined)));
			await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
		});
	}

	/** The next calls of `method` fail with `message`; `undefined` leaves them unanswered. */
	async failNext(method: string, message: string | undefined): Promise<void> {
		await this.page.evaluate(
			([name, text]) => {
				(window as unknown as FakedWindow).fakedHost.answers[name ?? ''] = text ?? null;
			},
			[method, message],
		);
	}

	async traffic(): Promise<Traffic> {
		return this.page.evaluate(() => {
			const { sent, violations, state } = (window as unknown as FakedWindow).fakedHost;
			return { sent, violations, kept: state };
		});
	}
}

interface FakedTheme {
	readonly bodyClass: string;
	readonly kind: string;
	readonly variables: Readonly<Record<string, string>>;
}

/** Runs in the page before its own script: VS Code's half of a webview. */
function fakeVsCode({ theme, defaultStyles }: { theme: FakedTheme; defaultStyles: string }): void {
	const kept = sessionStorage.getItem('state');
	const host: FakedWindow['fakedHost'] = {
		sent: [],
		violations: [],
		state: kept === null ? undefined : (JSON.parse(kept) as unknown),
		answers: {},
	};
	const reply = (message: FakedWindow['fakedHost']['sent'][number]): void => {
		host.sent.push(message);
		const answer = host.answers[message.method];
		if (answer !== null) {
			window.postMessage(answer === undefined ? { id: message.id, result: {} } : { id: message.id, error: answer }, '*');
		}
	};
	Object.assign(window, {
		fakedHost: host,
		acquireVsCodeApi: () => ({
			postMessage: reply,
			getState: () => host.state,
			setState: (state: unknown) => {
				host.state = state;
				sessionStorage.setItem('state', JSON.stringify(state));
			},
		}),
	});
	document.addEventListener('securitypolicyviolation', event => {
		host.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
	});
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(defaultStyles);
	document.adoptedStyleSheets = [sheet];
	const dress = (): void => {
		for (const [name, value] of Object.entries(theme.variables)) {
			document.documentElement.style.setProperty(name, value);
		}
		document.body.className = theme.bodyClass;
		document.body.dataset['vscodeThemeKind'] = theme.kind;
	};
	document.addEventListener('DOMContentLoaded', dress);
}
