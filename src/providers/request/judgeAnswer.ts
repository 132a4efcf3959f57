import type { Connection } from '../../core/connection/connection';
import type { RunFailure } from '../../core/run/failure';
import type { PictureFlaw } from '../answer/answerCollector';
import type { ReadAnswer } from '../answer/readAnswer';
import { addressAdvice, beginningOf, mayBeBilled, titleOf } from '../failure/wording';

/** What was asked for, as far as it matters for judging what came. */
export interface Expectation {
	readonly candidates: number;
	readonly stream: boolean;
	readonly connection: Pick<Connection, 'kind' | 'baseUrl'>;
}

/**
 * Why an answer of status 200 that arrived is no success; `undefined` when it is. An answer with fewer pictures than asked
 * for, all of them whole, is no failure here: the run counts them and says so.
 */
export function judgeAnswer({ kind, collector, head }: ReadAnswer, expected: Expectation): RunFailure | undefined {
	const { pictures, flaws, malformed } = collector;
	if (kind === 'empty') {
		return expected.stream
			? { kind: 'uncertain', message: `The host ended the stream before the picture. ${mayBeBilled}` }
			: { kind: 'badResponse', message: `The host's answer is empty. ${mayBeBilled}` };
	}
	if (kind === 'other') {
		return {
			kind: 'badResponse',
			message: `The host sent ${describeBytes(head)} instead of a picture. ${addressAdvice(expected.connection)}`,
		};
	}
	if (malformed) {
		return malformed.reason === 'syntax'
			? { kind: 'uncertain', message: `The host's answer ends in the middle. ${mayBeBilled}` }
			: { kind: 'badResponse', message: `The host's answer is not one of an Images API. ${addressAdvice(expected.connection)}` };
	}
	const [flaw] = flaws;
	if (flaw && pictures.length < expected.candidates) {
		return { kind: 'badResponse', message: `${describeFlaw(flaw)} ${mayBeBilled}` };
	}
	if (collector.isOver) {
		return pictures.length > 0
			? undefined
			: { kind: 'badResponse', message: `The host reported success, but its answer holds no picture. ${mayBeBilled}` };
	}
	return collector.isDone && collector.partialCount === 0
		? { kind: 'badResponse', message: `The host ended the stream without a picture. ${mayBeBilled}` }
		: { kind: 'uncertain', message: `The host ended the stream before the final picture. ${mayBeBilled}` };
}

function describeFlaw({ kind, detail }: PictureFlaw): string {
	switch (kind) {
		case 'notAPicture':
			return `What the host sent as a picture is ${detail}.`;
		case 'incomplete':
			return 'The picture that the host sent is cut off; what arrived is kept in the run’s folder.';
		case 'damaged':
			return 'The picture that the host sent is damaged; what arrived is kept in the run’s folder.';
	}
}

/** What an answer is that is neither JSON nor a stream, for a sentence. */
function describeBytes(head: Uint8Array): string {
	const text = Buffer.from(head).toString('latin1').trimStart();
	if (/^<(!doctype html|html|head|body)/i.test(text)) {
		const title = titleOf(text);
		return title === undefined ? 'an HTML page' : `an HTML page (“${beginningOf(title) ?? ''}”)`;
	}
	if (/^(<\?xml|<svg)/i.test(text)) {
		return /<svg/i.test(text) ? 'an SVG' : 'XML';
	}
	if (/^(\x89PNG|\xff\xd8\xff|RIFF|GIF8)/.test(text)) {
		return 'a bare picture, without the JSON around it,';
	}
	const isText = !/[\x00-\x08\x0e-\x1a]/.test(text.slice(0, 200));
	return isText ? `text (“${beginningOf(text, 120) ?? ''}”)` : 'something unknown';
}
