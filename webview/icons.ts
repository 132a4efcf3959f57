import { svg, html, type TemplateResult } from 'lit';

/** Drawn by hand for 16 × 16 pixels: twenty strokes weigh less than an icon font and its stylesheet. */
function icon(shape: TemplateResult): TemplateResult {
	return html`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${shape}</svg>`;
}

/** Icons of the panel; each is decoration beside a text or a label. */
export const icons = {
	plus: icon(svg`<path d="M8 3v10M3 8h10" />`),
	minus: icon(svg`<path d="M3 8h10" />`),
	chevron: icon(svg`<path d="m6 3.5 4.5 4.5L6 12.5" />`),
	grid: icon(svg`<path d="M2.5 2.5h4v4h-4zM9.5 2.5h4v4h-4zM2.5 9.5h4v4h-4zM9.5 9.5h4v4h-4z" />`),
	copy: icon(svg`<path d="M5.5 5.5h8v8h-8zM3.5 10.5h-1v-8h8v1" />`),
	check: icon(svg`<path d="m3 8.5 3.5 3.5L13 4.5" />`),
	differs: icon(svg`<path d="M3 6h10M3 10h10M10.5 3l-5 10" />`),
	info: icon(svg`<circle cx="8" cy="8" r="6" /><path d="M8 7v4M8 4.7v.8" />`),
	warning: icon(svg`<path d="M8 2 14.5 13.5h-13zM8 6.5v3.5M8 11.2v.8" />`),
	error: icon(svg`<circle cx="8" cy="8" r="6" /><path d="m5.7 5.7 4.6 4.6m0-4.6-4.6 4.6" />`),
	star: icon(svg`<path d="m8 2 1.8 3.9 4.2.5-3.1 2.9.8 4.2L8 11.4l-3.7 2.1.8-4.2L2 6.4l4.2-.5z" />`),
	close: icon(svg`<path d="m4 4 8 8m0-8-8 8" />`),
} as const;
