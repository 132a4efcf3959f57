import { normalizeBody } from './promptBody';
import type { PromptDocument } from './promptDocument';
import { fillVariables } from './variables';

/** A prompt as it is sent. `output` still has `{{index}}`, `{{ext}}`, `{{slug}}` and `{{name}}` open, unless `vars` gave them a value. */
export interface ResolvedPrompt {
	readonly prompt: string;
	readonly output?: string;
	readonly alt?: string;
}

/** Fills the variables. A literal document (`isTemplate` is false) keeps its braces, except in `output`, which is always a template. */
export function resolvePrompt(document: PromptDocument): ResolvedPrompt {
	const { body, keys, isTemplate } = document;
	const values = keys.vars?.value ?? {};
	const alt = keys.alt && (isTemplate ? fillVariables(keys.alt.value, values, 'alt') : keys.alt.value);
	return {
		prompt: isTemplate ? normalizeBody(fillVariables(body, values, 'body')) : body,
		...(keys.output && { output: fillVariables(keys.output.value, values, 'output') }),
		...(alt !== undefined && { alt }),
	};
}
