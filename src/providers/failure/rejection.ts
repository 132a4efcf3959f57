import { formatSize, parseSize } from '../../core/image/imageSize';
import { nearestSize } from '../../core/image/sizeLimits';
import { freeSizeLimits } from '../../core/model/openAiRows';
import type { HostAnswer, Verdict } from './hostAnswer';
import { quote } from './hostWords';
import { rejectedParameter } from './rejectedParameter';

/** The host did not take the request as it is; names the field, as far as it can be told. */
export function rejection({ error, size }: HostAnswer): Verdict {
	const parameter = rejectedParameter(error);
	if (parameter === undefined) {
		return { kind: 'rejected', message: `The host did not accept the request. Change what it names and send again.${quote(error)}` };
	}
	const shorter = parameter === 'size' && size !== undefined ? belowLongestEdge(size) : undefined;
	const advice =
		shorter === undefined ? 'Change it or leave it out, and send again.' : `Some hosts take only shorter edges: try ${shorter}.`;
	return { kind: 'rejected', parameter, message: `The host did not accept ${parameter}. ${advice}${quote(error)}` };
}

/**
 * What to ask for instead of a size with the longest edge: OpenAI's guide allows 3840 pixels, its prompting guide and
 * Microsoft's catalogue say «less than 3840» (read 2026-11-20). `undefined` for every other size.
 */
function belowLongestEdge(size: string): string | undefined {
	const { step, maxEdge } = freeSizeLimits;
	const asked = parseSize(size);
	const isLongest = asked !== undefined && Math.max(asked.width, asked.height) === maxEdge;
	const shorter = isLongest ? nearestSize(asked, { ...freeSizeLimits, maxEdge: maxEdge - step }) : undefined;
	return shorter && formatSize(shorter);
}
