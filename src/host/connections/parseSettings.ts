import { parseConnections } from '../../core/connection/parseConnections';
import type { Connection } from '../../core/connection/connection';
import type { PlanSettings } from '../../core/plan/plan';
import type { RetentionLimits } from '../../core/run/retention';
import type { Ceilings } from '../../core/run/budget';

/** The user's settings after each was checked. Never holds a secret, and never a workspace's value. */
export interface Settings {
	/** The user's own connections and the sandbox. */
	readonly connections: readonly Connection[];
	/** Name of the connection in force; absent when the user chose none. */
	readonly connection?: string;
	readonly planSettings: PlanSettings;
	readonly timeoutMs: number;
	readonly budget: BudgetSettings;
	readonly keepPrompts: boolean;
	/** How much of the history is kept. */
	readonly retention: RetentionLimits;
	readonly isCodeLensEnabled: boolean;
	readonly assets: AssetSettings;
	readonly panelLocation: 'beside' | 'active';
	/** What is wrong with the settings, each with what is used instead. Plain English. */
	readonly problems: readonly string[];
}

/** What may be spent, and what happens to a run that would cost more. */
export interface BudgetSettings {
	readonly ceilings: Ceilings;
	readonly onExceed: 'ask' | 'refuse';
}

/** Where accepted pictures go. An empty folder: not said here. */
export interface AssetSettings {
	readonly folder: string;
	readonly name: string;
	readonly onExisting: 'rename' | 'replace' | 'ask';
}

/** A value as a person set it (`undefined`: not set), and the one that `package.json` declares. */
export interface SettingValue {
	readonly own: unknown;
	readonly declared: unknown;
}

/** Checks every setting. A bad value gives way to the declared one, and is named in `problems`. */
export function parseSettings(read: (key: string) => SettingValue): Settings {
	const problems: string[] = [];
	const from = new SettingReader(read, problems);
	const parsed = parseConnections(from.raw('connections'));
	problems.push(...parsed.problems.map(({ message }) => message));
	const connection = from.text('connection');
	return {
		connections: parsed.connections,
		...(connection === '' ? {} : { connection }),
		planSettings: planSettings(from),
		timeoutMs: from.integer('timeoutSeconds', 10, 3600) * 1000,
		budget: budgetSettings(from),
		keepPrompts: from.flag('history.keepPrompts'),
		retention: retentionLimits(from),
		isCodeLensEnabled: from.flag('codeLens.enabled'),
		assets: {
			folder: from.text('assets.folder'),
			name: from.text('assets.name'),
			onExisting: from.choice('assets.onExisting', ['rename', 'replace', 'ask']),
		},
		panelLocation: from.choice('panel.location', ['beside', 'active']),
		problems,
	};
}

function planSettings(from: SettingReader): PlanSettings {
	const model = from.text('defaults.model');
	return {
		...(model === '' ? {} : { model }),
		size: from.text('defaults.size'),
		quality: from.text('defaults.quality'),
		format: from.text('defaults.format'),
		background: from.choice('defaults.background', ['auto', 'opaque', 'transparent']),
		moderation: from.choice('defaults.moderation', ['auto', 'low']),
		n: from.integer('defaults.n', 1, 10),
		partialImages: from.integer('partialImages', 0, 3),
	};
}

function budgetSettings(from: SettingReader): BudgetSettings {
	const perRunUsd = from.ceiling('budget.perRunUsd');
	const perDayUsd = from.ceiling('budget.perDayUsd');
	return {
		ceilings: { ...(perRunUsd === undefined ? {} : { perRunUsd }), ...(perDayUsd === undefined ? {} : { perDayUsd }) },
		onExceed: from.choice('budget.onExceed', ['ask', 'refuse']),
	};
}

function retentionLimits(from: SettingReader): RetentionLimits {
	const maxRuns = from.limit('history.maxRuns');
	const maxBytes = from.limit('history.maxBytes');
	return { ...(maxRuns === undefined ? {} : { maxRuns }), ...(maxBytes === undefined ? {} : { maxBytes }) };
}

/** Reads one kind of value per method, and notes what it could not use. */
class SettingReader {
	readonly #read: (key: string) => SettingValue;
	readonly #problems: string[];

	constructor(read: (key: string) => SettingValue, problems: string[]) {
		this.#read = read;
		this.#problems = problems;
	}

	raw(key: string): unknown {
		const { own, declared } = this.#read(key);
		return own ?? declared;
	}

	text(key: string): string {
		return this.#value(key, 'text', (value): value is string => typeof value === 'string').trim();
	}

	flag(key: string): boolean {
		return this.#value(key, '`true` or `false`', (value): value is boolean => typeof value === 'boolean');
	}

	integer(key: string, min: number, max: number): number {
		const isInRange = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
		return this.#value(key, `a whole number from ${min} to ${max}`, isInRange);
	}

	/** US dollars. `undefined`: no ceiling. Whoever wrote something wanted one: a bad value lets nothing pass that costs. */
	ceiling(key: string): number | undefined {
		const { own, declared } = this.#read(key);
		const value = own ?? declared;
		if (value === null) {
			return undefined;
		}
		if (typeof value === 'number' && Number.isFinite(value) && value >= 0) {
			return value;
		}
		if (own === undefined) {
			throw new Error(`package.json declares no valid default for imgprompt.${key}.`);
		}
		this.#problems.push(`The setting imgprompt.${key} must be a number of US dollars, or null for no ceiling; 0 is used instead.`);
		return 0;
	}

	/** `undefined`: no limit. A bad value gives way to the declared limit. */
	limit(key: string): number | undefined {
		const isLimit = (value: unknown): value is number | null => value === null || (Number.isSafeInteger(value) && Number(value) >= 1);
		return this.#value(key, 'a whole number above 0, or `null` for no limit', isLimit) ?? undefined;
	}

	choice<T extends string>(key: string, choices: readonly T[]): T {
		return this.#value(key, `one of ${choices.join(', ')}`, (value): value is T => choices.some(choice => choice === value));
	}

	#value<T>(key: string, expected: string, isValid: (value: unknown) => value is T): T {
		const { own, declared } = this.#read(key);
		if (own !== undefined && isValid(own)) {
			return own;
		}
		if (!isValid(declared)) {
			throw new Error(`package.json declares no valid default for imgprompt.${key}.`);
		}
		if (own !== undefined) {
			this.#problems.push(`The setting imgprompt.${key} must be ${expected}; ${JSON.stringify(declared)} is used instead.`);
		}
		return declared;
	}
}
