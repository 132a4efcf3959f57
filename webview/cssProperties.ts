import { noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

class CssProperties extends Directive {
	override render(_properties: Readonly<Record<string, string>>): typeof noChange {
		return noChange;
	}

	override update(part: ElementPart, [properties]: [Readonly<Record<string, string>>]): typeof noChange {
		for (const [name, value] of Object.entries(properties)) {
			(part.element as HTMLElement | SVGElement).style.setProperty(name, value);
		}
		return noChange;
	}
}

/** Sets CSS properties of an element by script: the page's policy forbids `style` attributes, which `styleMap` writes. */
export const cssProperties = directive(CssProperties);
