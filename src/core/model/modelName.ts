/**
 * Whether `model` is `name` or a snapshot of it: `gpt-image-2-2026-04-21` is one of `gpt-image-2`. A name that ends with
 * `*` stands for all that begin like it.
 */
export function isModelOrSnapshot(model: string, name: string): boolean {
	if (name.endsWith('*')) {
		return model.startsWith(name.slice(0, -1));
	}
	return model === name || (model.startsWith(`${name}-`) && /^\d{4}-\d{2}-\d{2}$/.test(model.slice(name.length + 1)));
}
