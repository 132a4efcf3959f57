import type { Moderation } from '../prompt/promptDocument';
import { chooseValue, problemAbout, settingOrigin, type Checked, type PlanContext, type ValueOrigin } from './planContext';
import { chooseValueFixes, setKeyFix } from './planFixes';

/** How strictly the host filters. `auto` from the settings is left to the host. */
export function checkModeration(context: PlanContext): Checked<string> {
	const setting = { name: 'imgprompt.defaults.moderation', value: context.settings.moderation as Moderation };
	const { chosen, problems } = chooseValue(context, 'moderation', 'moderation', setting);
	if (!chosen || (chosen.value === 'auto' && chosen.origin.kind === 'elsewhere')) {
		return { problems };
	}
	const { moderations } = context.capability;
	if (moderations.includes(chosen.value)) {
		return { value: chosen.value, problems };
	}
	const problem = problemAbout(chosen.origin, {
		code: 'parameterUnsupported',
		message: `${context.subject} does not take the moderation "${chosen.value}". Use ${moderations.join(', ')}.`,
		fixes: chooseValueFixes(context.document, 'moderation', moderations),
	});
	return { problems: [problem] };
}

/**
 * How many candidates are asked for. Several candidates and an `output` without `{{index}}` are no problem: the first one
 * gets the name, and later ones a number, because nothing is ever overwritten.
 */
export function checkCandidates({ document, settings, capability, subject }: PlanContext): Checked<number> {
	const located = document.keys.n;
	const n = located?.value ?? settings.n;
	const origin: ValueOrigin = located ? { kind: 'file', range: located.range } : settingOrigin('imgprompt.defaults.n');
	if (Number.isInteger(n) && n >= 1 && n <= capability.maxCandidates) {
		return { value: n, problems: [] };
	}
	const most = String(capability.maxCandidates);
	const problem = problemAbout(origin, {
		code: 'invalidValue',
		message: `${n} candidates cannot be asked of ${subject}. Use 1 to ${most}.`,
		fixes: setKeyFix(document, 'n', n > 1 ? most : '1', { isPreferred: true }),
	});
	return { problems: [problem] };
}
