/** How the pure parts of the panel's host end get words and numbers in the user's language. */
export interface PanelTexts {
	/** Translates; `{0}` and so on stand for the arguments. */
	readonly t: (message: string, ...values: (string | number)[]) => string;
	/** BCP 47 tag for numbers and prices. */
	readonly locale: string;
}

/** `1536×1024` from the wire's `1536x1024`; any other word stays as it is. */
export function displaySize(size: string): string {
	return size.replace(/^(\d+)x(\d+)$/, '$1×$2');
}
