import type { AuthKind } from '../../core/connection/connection';

/** The kinds of hosts that a person can add. */
export const addedKinds = ['openai', 'azure', 'compatible'] as const;

export type AddedKind = (typeof addedKinds)[number];

/** What the wizard gathers: an entry of `imgprompt.connections`, and a key that never gets there. */
export interface ConnectionDraft {
	readonly kind: AddedKind;
	readonly name: string;
	/** `azure`: what was pasted, whatever it says besides the address. */
	readonly baseUrl: string;
	/** Empty: the server is told none. `azure`: what the deployment is. */
	readonly model: string;
	readonly auth: AuthKind;
	/** Empty: to be set later. */
	readonly key: string;
	/** `azure`: empty until it is known. */
	readonly deployment: string;
	/** `azure`: empty while the address decides. */
	readonly api: string;
}

/** What is asked for unless somebody says otherwise. */
export const suggestedModel = 'gpt-image-2';

/** A draft of which nothing is known but the kind. */
export function emptyDraft(kind: AddedKind): ConnectionDraft {
	return {
		kind,
		name: '',
		baseUrl: '',
		model: kind === 'compatible' ? '' : suggestedModel,
		auth: kind === 'compatible' ? 'none' : kind === 'azure' ? 'microsoft' : 'apiKey',
		key: '',
		deployment: '',
		api: '',
	};
}

/** The draft as it is stored in the settings: without the key, and without what is the default anyway. */
export function entryOf({ kind, name, baseUrl, model, auth, deployment, api }: ConnectionDraft): Readonly<Record<string, string>> {
	const asked = model === '' ? {} : { model };
	switch (kind) {
		case 'openai':
			return { name, kind, ...asked };
		case 'compatible':
			return { name, kind, baseUrl, ...asked, auth };
		case 'azure':
			return { name, kind, baseUrl, deployment, ...(api === '' ? {} : { api }), ...asked, auth };
	}
}

/** `base`, or with a number behind it where that name is taken. */
export function freeName(base: string, taken: readonly string[]): string {
	const names = [base, ...taken.map((_, index) => `${base}-${index + 2}`)];
	return names.find(name => !taken.includes(name)) ?? base;
}
