import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/connection';
import { formatSize } from '../../core/image/imageSize';
import { sizePresets } from '../../core/image/sizePresets';
import type { Capability } from '../../core/model/capability';
import { capabilityTable } from '../../core/model/capabilityTable';
import { describeConnection } from '../connections/describeConnection';

/** A value that a key can take, with a word about it. */
export interface ValueSuggestion {
	readonly value: string;
	readonly detail?: string;
}

/** What decides which values make sense: the model in force, and the user's connections. */
export interface SuggestionContext {
	readonly capability: Capability;
	readonly connection: Connection | undefined;
	readonly connections: readonly Connection[];
	/** `YYYY-MM-DD`: models that are shut down are not offered. */
	readonly today: string;
}

/** The values of `key` that the model in force accepts. Empty for a key whose values can't be listed. */
export function suggestValues(key: string, context: SuggestionContext): readonly ValueSuggestion[] {
	const { capability } = context;
	switch (key) {
		case 'connection':
			return context.connections.map(connection => ({ value: connection.name, detail: describeConnection(connection) }));
		case 'model':
			return modelsFor(context).map(value => ({ value }));
		case 'size':
			return suggestSizes(capability);
		case 'quality':
			return plain(capability.qualities);
		case 'format':
			return plain(capability.formats);
		case 'background':
			return plain(capability.backgrounds);
		case 'moderation':
			return plain(capability.moderations);
		case 'n':
			return Array.from({ length: capability.maxCandidates }, (_, index) => ({ value: String(index + 1) }));
		case 'tier':
			return tiers;
		default:
			return [];
	}
}

const tiers: readonly ValueSuggestion[] = [
	{ value: 'smimage', detail: 'low' },
	{ value: 'image', detail: 'medium' },
	{ value: 'xlimage', detail: 'high' },
	{ value: '16', detail: 'low' },
	{ value: '24', detail: 'low' },
	{ value: '36', detail: 'medium' },
	{ value: '48', detail: 'medium' },
	{ value: '64', detail: 'high' },
	{ value: '96', detail: 'high' },
];

function plain(values: readonly string[]): readonly ValueSuggestion[] {
	return values.map(value => ({ value }));
}

function suggestSizes({ size, allowsAutoSize }: Capability): readonly ValueSuggestion[] {
	const auto = allowsAutoSize ? [{ value: 'auto', detail: vscode.l10n.t('the model decides') }] : [];
	const presets = [...sizePresets].map(([value, pixels]) => ({ value, detail: formatSize(pixels), pixels }));
	if (size.kind !== 'fixed') {
		return [...presets, ...auto];
	}
	const named = presets.filter(({ pixels }) => size.sizes.some(offered => formatSize(offered) === formatSize(pixels)));
	const nameless = size.sizes.map(formatSize).filter(text => !named.some(({ detail }) => detail === text));
	return [...named, ...nameless.map(value => ({ value })), ...auto];
}

function modelsFor({ connection, today }: SuggestionContext): readonly string[] {
	if (connection?.kind === 'azure') {
		// A deployment is one model.
		return [connection.model];
	}
	const rows = capabilityTable.filter(({ hostKind }) => hostKind === (connection?.kind ?? 'openai'));
	const alive = rows.filter(({ shutDown }) => shutDown === undefined || today < shutDown).flatMap(({ models }) => models);
	return [...new Set([...(connection && connection.model !== '' ? [connection.model] : []), ...alive])];
}
