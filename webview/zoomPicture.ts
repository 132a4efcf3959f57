import { html, LitElement, type TemplateResult } from 'lit';
import { strings } from './strings';
import { fit, panBy, place, zoomBy, zoomByKey, zoomToActualSize, type Extent, type Offset, type Scene, type Zoom } from './zoom';

/** The person zoomed or panned. */
export class ZoomChangeEvent extends Event {
	readonly zoom: Zoom;

	constructor(zoom: Zoom) {
		super('zoom-change');
		this.zoom = zoom;
	}
}

/** The picture is drawn at another scale (device pixels per picture pixel) than before. */
export class ScaleChangeEvent extends Event {
	readonly scale: number;

	constructor(scale: number) {
		super('scale-change');
		this.scale = scale;
	}
}

const keyPanPixels = 48;

/** One picture that can be zoomed and panned. It owns the gestures and the geometry; how it is zoomed is told from outside. */
export class ZoomPicture extends LitElement {
	static override properties = {
		uri: { attribute: false },
		extent: { attribute: false },
		zoom: { attribute: false },
		label: { attribute: false },
		isUnreadable: { state: true },
	};

	declare uri: string;
	/** In picture pixels. */
	declare extent: Extent;
	declare zoom: Zoom;
	declare label: string;
	declare isUnreadable: boolean;

	readonly #resized = new ResizeObserver(() => this.requestUpdate());
	readonly #windowResized = (): void => this.requestUpdate();
	#scale = 0;
	#dragFrom: Offset | undefined;

	constructor() {
		super();
		this.uri = '';
		this.extent = { width: 1, height: 1 };
		this.zoom = fit;
		this.label = '';
		this.isUnreadable = false;
		this.addEventListener('wheel', event => this.#onWheel(event), { passive: false });
		this.addEventListener('pointerdown', event => this.#onPointerDown(event));
		this.addEventListener('pointermove', event => this.#onPointerMove(event));
		this.addEventListener('pointerup', () => this.#endDrag());
		this.addEventListener('pointercancel', () => this.#endDrag());
		this.addEventListener('dblclick', () => this.press(this.zoom.kind === 'fit' ? '1' : '0'));
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#resized.observe(this);
		// A window that moves to a screen with other pixels fires `resize`, but may keep every element's size.
		window.addEventListener('resize', this.#windowResized);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#resized.disconnect();
		window.removeEventListener('resize', this.#windowResized);
	}

	/** The page's own stylesheet applies inside. */
	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
		if (changed.has('uri')) {
			this.isUnreadable = false;
		}
	}

	protected override render(): TemplateResult {
		return this.isUnreadable
			? html`<p class="missing">${strings.unreadable}</p>`
			: html`<img src=${this.uri} alt="" draggable="false" decoding="async" @error=${() => (this.isUnreadable = true)} />`;
	}

	protected override updated(): void {
		this.setAttribute('aria-label', this.isUnreadable ? strings.unreadable : this.label);
		const image = this.querySelector('img');
		const scene = this.#scene();
		if (!image || scene.viewport.width === 0 || scene.viewport.height === 0) {
			return;
		}
		const placed = place(this.zoom, scene);
		image.style.setProperty('width', `${placed.width}px`);
		image.style.setProperty('height', `${placed.height}px`);
		image.style.setProperty('left', `${placed.left}px`);
		image.style.setProperty('top', `${placed.top}px`);
		this.classList.toggle('magnified', placed.scale >= 2);
		this.classList.toggle('zoomed', this.zoom.kind === 'scale');
		if (placed.scale !== this.#scale) {
			this.#scale = placed.scale;
			this.dispatchEvent(new ScaleChangeEvent(placed.scale));
		}
	}

	/** Does what `key` means for a picture; `false` when it means nothing here. */
	press(key: string): boolean {
		const next = this.#zoomAfter(key);
		if (!next) {
			return false;
		}
		this.#change(next);
		return true;
	}

	#zoomAfter(key: string): Zoom | undefined {
		const scene = this.#scene();
		switch (key) {
			case '+':
			case '=':
				return zoomByKey(this.zoom, 'in', scene);
			case '-':
			case '_':
				return zoomByKey(this.zoom, 'out', scene);
			case '0':
				return fit;
			case '1':
				return zoomToActualSize(this.zoom, scene);
			case 'Escape':
				return this.zoom.kind === 'scale' ? fit : undefined;
			default:
				return this.#panAfter(key, scene);
		}
	}

	#panAfter(key: string, scene: Scene): Zoom | undefined {
		const directions: Readonly<Record<string, Offset>> = {
			ArrowLeft: { x: keyPanPixels, y: 0 },
			ArrowRight: { x: -keyPanPixels, y: 0 },
			ArrowUp: { x: 0, y: keyPanPixels },
			ArrowDown: { x: 0, y: -keyPanPixels },
		};
		const offset = Object.hasOwn(directions, key) ? directions[key] : undefined;
		return offset && this.zoom.kind === 'scale' ? panBy(this.zoom, offset, scene) : undefined;
	}

	#scene(): Scene {
		return {
			viewport: { width: this.clientWidth, height: this.clientHeight },
			picture: this.extent,
			pixelRatio: window.devicePixelRatio,
		};
	}

	#change(zoom: Zoom): void {
		this.dispatchEvent(new ZoomChangeEvent(zoom));
	}

	#onWheel(event: WheelEvent): void {
		event.preventDefault();
		const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 16 : event.deltaY;
		const box = this.getBoundingClientRect();
		const at = { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
		this.#change(zoomBy(this.zoom, Math.exp(-pixels * 0.002), this.#scene(), at));
	}

	#onPointerDown(event: PointerEvent): void {
		if (event.button === 0 && this.zoom.kind === 'scale') {
			this.setPointerCapture(event.pointerId);
			this.#dragFrom = { x: event.clientX, y: event.clientY };
			this.classList.add('dragging');
		}
	}

	#onPointerMove(event: PointerEvent): void {
		if (this.#dragFrom) {
			const offset = { x: event.clientX - this.#dragFrom.x, y: event.clientY - this.#dragFrom.y };
			this.#dragFrom = { x: event.clientX, y: event.clientY };
			this.#change(panBy(this.zoom, offset, this.#scene()));
		}
	}

	#endDrag(): void {
		this.#dragFrom = undefined;
		this.classList.remove('dragging');
	}
}
