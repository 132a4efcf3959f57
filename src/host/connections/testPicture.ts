import type { Capability } from '../../core/model/capability';
import type { Connection } from '../../core/connection/connection';
import { formatPrice } from '../../core/plan/formatPrice';
import type { PlanOutcome } from '../../core/plan/plan';

/**
 * The keys of a prompt that tries a connection out for as little money as its model allows: one picture, small, of the
 * lowest quality. What the host does not take is left away, whatever the user's defaults are.
 */
export function testPictureOf({ name, model }: Connection, capability: Capability): Readonly<Record<string, unknown>> {
	const { size, qualities, formats, backgrounds } = capability;
	const smallest = size.kind === 'fixed' && !size.sizes.some(({ width, height }) => width === 1024 && height === 1024);
	const first = smallest ? size.sizes[0] : { width: 1024, height: 1024 };
	return {
		prompt: 'A small round paper boat on a calm pond, flat illustration, no text.',
		connection: name,
		...(model === '' ? {} : { model }),
		...(first ? { size: `${first.width}x${first.height}` } : {}),
		...(qualities.includes('low') ? { quality: 'low' } : {}),
		...(formats.includes('png') ? { format: 'png' } : {}),
		...(backgrounds.includes('auto') ? { background: 'auto' } : {}),
		n: 1,
	};
}

/** What the plan of a test picture costs, such as `≈ $0.006`; `undefined`: nothing would be sent, because it is not valid. */
export function testPicturePrice(outcome: PlanOutcome): string | undefined {
	return outcome.kind === 'ready' ? formatPrice(outcome.plan.price, 'long').replace(' estimated', '') : undefined;
}
