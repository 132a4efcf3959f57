import * as assert from 'node:assert/strict';
import type { Connection } from '../../../../src/core/connection/connection';
import { makePlan } from '../../../../src/core/plan/makePlan';
import { chooseModel } from '../../../../src/core/plan/chooseModel';
import type { PlanSettings } from '../../../../src/core/plan/plan';
import { parsePrompt } from '../../../../src/core/prompt/parsePrompt';
import type { PromptDocument } from '../../../../src/core/prompt/promptDocument';
import { pricesByQuality, pricesBySize, type PriceEffect } from '../../../../src/host/language/priceEffects';
import type { PlannedPrompt } from '../../../../src/host/language/promptPlans';

const openAi: Connection = {
	name: 'home',
	kind: 'openai',
	baseUrl: 'https://api.openai.com/v1',
	origin: 'https://api.openai.com',
	model: 'gpt-image-2',
	auth: 'apiKey',
	concurrency: 2,
};
const compatible: Connection = { ...openAi, kind: 'compatible', baseUrl: 'http://localhost:1/v1', origin: 'http://localhost:1', model: '' };
const settings: PlanSettings = {
	size: '1024x1024',
	quality: 'medium',
	format: 'png',
	background: 'auto',
	moderation: 'auto',
	n: 1,
	partialImages: 0,
};

function planWith(connection: Connection): (document: PromptDocument) => PlannedPrompt {
	return document => {
		const input = { document, connection, settings, today: '2026-11-20' };
		const { capability } = chooseModel(document, connection, settings, input.today);
		return { document, choice: { kind: 'found', connection }, outcome: makePlan(input), capability };
	};
}

function effects(of: typeof pricesByQuality, text: string, connection = openAi): readonly PriceEffect[] {
	const plan = planWith(connection);
	return of(plan(parsePrompt(text)), plan);
}

function leastUsd({ price }: PriceEffect): number {
	assert.ok(price.kind === 'estimate');
	return price.minUsd;
}

suite('what a value does to the price', () => {
	test('every quality of the model has one, and better costs more', () => {
		const found = effects(pricesByQuality, '---\nquality: low\n---\nA rose.').filter(({ value }) => value !== 'auto');
		assert.deepEqual(
			found.map(({ value }) => value),
			['low', 'medium', 'high'],
		);
		const prices = found.map(leastUsd);
		assert.deepEqual(
			prices,
			[...prices].sort((a, b) => a - b),
		);
		assert.ok((prices[0] ?? 0) < (prices[2] ?? 0));
	});

	test('a tier gives way to the quality that is tried', () => {
		assert.deepEqual(effects(pricesByQuality, '---\ntier: image\n---\nA rose.'), effects(pricesByQuality, 'A rose.'));
	});

	test('every named size has one', () => {
		assert.deepEqual(
			effects(pricesBySize, '---\nsize: square\n---\nA rose.').map(({ value }) => value),
			[
				'square (1024x1024)',
				'landscape (1536x1024)',
				'portrait (1024x1536)',
				'wide (1536x864)',
				'tall (864x1536)',
				'2k (2048x1152)',
				'qhd (2560x1440)',
				'4k (3840x2160)',
			],
		);
	});

	test('sizes that the model does not make have none', () => {
		assert.deepEqual(
			effects(pricesBySize, '---\nmodel: gpt-image-1.5\n---\nA rose.').map(({ value }) => value),
			['square (1024x1024)', 'landscape (1536x1024)', 'portrait (1024x1536)'],
		);
	});

	test('a size that can’t be sent does not hide what others would cost', () => {
		assert.equal(effects(pricesBySize, '---\nsize: 1920x1080\n---\nA rose.').length, 8);
	});

	test('nothing is said of a server whose prices are not known', () => {
		assert.deepEqual(effects(pricesBySize, 'A rose.', compatible), []);
		assert.deepEqual(effects(pricesByQuality, 'A rose.', compatible), []);
	});
});
