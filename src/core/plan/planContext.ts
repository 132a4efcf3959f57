import type { Connection } from '../connection/connection';
import type { Capability } from '../model/capability';
import type { Problem, ProblemCode, ProblemFix, ProblemSeverity, TextRange } from '../problem';
import type { PromptDocument, PromptKeys, PromptKeyValues } from '../prompt/promptDocument';
import type { TextKey } from '../prompt/promptSchema';
import { removeKeyFix } from './planFixes';
import type { PlanSettings } from './plan';

/** What every check of a plan looks at. */
export interface PlanContext {
	readonly document: PromptDocument;
	readonly connection: Connection;
	readonly settings: PlanSettings;
	readonly capability: Capability;
	/** Who is asked, for messages: the model, or the server when there is no model name. */
	readonly subject: string;
}

/** A value that passed (absent: left to the host), what is wrong with it, and sentences about what was made of it. */
export interface Checked<T> {
	readonly value?: T;
	readonly problems: readonly Problem[];
	readonly notices?: readonly string[];
}

/** Where a value comes from: characters of the file, or a place that a sentence names. */
export type ValueOrigin = { readonly kind: 'file'; readonly range: TextRange } | { readonly kind: 'elsewhere'; readonly sentence: string };

export interface ChosenValue<T> {
	readonly value: T;
	readonly origin: ValueOrigin;
}

/** The value of a key as the user's settings give it. */
export interface SettingValue<T> {
	readonly name: string;
	readonly value: T;
}

const nowhere: TextRange = { start: 0, end: 0 };

/** Words a problem for the place its value comes from; a value from elsewhere has no range, so the message names the place. */
export function problemAbout(
	origin: ValueOrigin,
	problem: { code: ProblemCode; severity?: ProblemSeverity; message: string; fixes?: readonly ProblemFix[] },
): Problem {
	return {
		code: problem.code,
		severity: problem.severity ?? 'error',
		range: origin.kind === 'file' ? origin.range : nowhere,
		message: origin.kind === 'file' ? problem.message : `${problem.message} ${origin.sentence}`,
		...(problem.fixes && problem.fixes.length > 0 ? { fixes: problem.fixes } : {}),
	};
}

export function settingOrigin(name: string): ValueOrigin {
	return { kind: 'elsewhere', sentence: `The value comes from the setting "${name}".` };
}

/** Whether the host understands a field of the wire. */
export function takesField(context: PlanContext, field: string): boolean {
	return context.capability.fields.includes(field);
}

/**
 * The file's value, else the setting's. Where the host has no such field, a value of the file is a problem, but `auto`
 * and a setting are dropped: the one asks for nothing, the other was not meant for this host.
 */
export function chooseValue<K extends TextKey>(
	context: PlanContext,
	key: K,
	field: string,
	setting?: SettingValue<PromptKeyValues[K]>,
): { readonly chosen?: ChosenValue<PromptKeyValues[K]>; readonly problems: readonly Problem[] } {
	const keys: PromptKeys = context.document.keys;
	const located = keys[key];
	if (!takesField(context, field)) {
		return { problems: located === undefined || located.value === 'auto' ? [] : [unsupportedKey(context, key, located.keyRange)] };
	}
	if (located !== undefined) {
		return { chosen: { value: located.value, origin: { kind: 'file', range: located.range } }, problems: [] };
	}
	return setting === undefined
		? { problems: [] }
		: { chosen: { value: setting.value, origin: settingOrigin(setting.name) }, problems: [] };
}

function unsupportedKey(context: PlanContext, key: TextKey, keyRange: TextRange): Problem {
	return problemAbout(
		{ kind: 'file', range: keyRange },
		{
			code: 'parameterUnsupported',
			message: `The connection "${context.connection.name}" does not take \`${key}\`. Remove it, or choose another connection.`,
			fixes: removeKeyFix(context.document, key),
		},
	);
}
