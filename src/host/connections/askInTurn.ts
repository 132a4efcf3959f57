/** How one question of several ended. */
export type Answer<T> = { readonly kind: 'answered'; readonly value: T } | { readonly kind: 'back' } | { readonly kind: 'dismissed' };

/** Asks about one thing and returns the draft with the answer in it. `undefined` as a step: not asked this time. */
export type Step<D> = (draft: D, canGoBack: boolean) => Promise<Answer<D>> | undefined;

/** Asks one question after the other; Back asks the one before again, with everything answered so far. `undefined`: dismissed. */
export async function askInTurn<D>(steps: readonly Step<D>[], initial: D): Promise<D | undefined> {
	const asked: number[] = [];
	let draft = initial;
	for (let step = 0; step < steps.length; step++) {
		const answer = await steps[step]?.(draft, asked.length > 0);
		if (answer?.kind === 'dismissed') {
			return undefined;
		}
		if (answer?.kind === 'back') {
			step = (asked.pop() ?? 0) - 1;
		} else if (answer) {
			asked.push(step);
			draft = answer.value;
		}
	}
	return draft;
}

/** The answer with its value changed; the other ways out stay as they are. */
export function mapAnswer<T, D>(answer: Answer<T>, map: (value: T) => D): Answer<D> {
	return answer.kind === 'answered' ? { kind: 'answered', value: map(answer.value) } : answer;
}
