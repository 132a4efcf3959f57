import type { BrowserContext } from 'playwright-core';

/** The light in which the lighthouse stands. The sky's colours run from the top to the horizon: flat, because a palette is small. */
const lights = {
	dusk: {
		sky: ['#1d2b53', '#3b3563', '#6d4570', '#a8606a', '#e39a5c'],
		sun: '#ffd28a',
		sea: '#24486b',
		shine: '#d89a6a',
		cliff: '#3a2c3f',
		lamp: '#fff2b0',
	},
	night: {
		sky: ['#0a1230', '#0f1a3c', '#152347', '#1d3157', '#27426b'],
		sun: '#e8ecf5',
		sea: '#10243f',
		shine: '#4d6b93',
		cliff: '#151a2b',
		lamp: '#ffe98a',
	},
	dawn: {
		sky: ['#6fa3c7', '#9dbccf', '#d3c9c4', '#f3c6b5', '#fde0c0'],
		sun: '#fff6dc',
		sea: '#4f86a6',
		shine: '#e8d0ba',
		cliff: '#5d4a4f',
		lamp: '#fffbe0',
	},
	storm: {
		sky: ['#2f3a44', '#434f5a', '#56646f', '#6f7d85', '#8b979d'],
		sun: '#a8b2b6',
		sea: '#2b3f4a',
		shine: '#879aa1',
		cliff: '#2a2a2e',
		lamp: '#fff0a0',
	},
} as const;

export type Light = keyof typeof lights;

/**
 * A drawing that stands in for what a model would make: 1536×1024 pixels, as PNG. Photographs of an account's window need a
 * picture that is worth looking at, and no test may pay for one.
 */
export async function drawLighthouse(context: BrowserContext, light: Light): Promise<Buffer> {
	const page = await context.newPage();
	try {
		await page.setViewportSize({ width: 1536, height: 1024 });
		await page.setContent(`<style>body{margin:0}svg{display:block}</style>${lighthouse(light)}`);
		return await page.screenshot({ type: 'png' });
	} finally {
		await page.close();
	}
}

function lighthouse(light: Light): string {
	const { sky, sun, sea, shine, cliff, lamp } = lights[light];
	const waves = [700, 752, 812, 880, 956].map((y, row) => wave(y, row)).join('');
	const bands = sky.map((colour, index) => `<rect y="${index * 132}" width="1536" height="140" fill="${colour}"/>`).join('');
	return `<svg xmlns="http://www.w3.org/2000/svg" width="1536" height="1024" viewBox="0 0 1536 1024">
		${bands}
		<circle cx="430" cy="560" r="92" fill="${sun}"/>
		<path d="M0 300L1060 262 1060 286 0 470Z" fill="${lamp}" opacity=".3"/>
		<rect y="660" width="1536" height="364" fill="${sea}"/>
		<g stroke="${shine}" stroke-width="7" stroke-linecap="round">${waves}</g>
		<path d="M0 640L120 612 250 640 330 660 0 662Z" fill="${cliff}" opacity=".55"/>
		<path d="M760 1024L800 900 862 850 880 740 960 690 985 600 1210 590 1290 640 1400 630 1536 680V1024Z" fill="${cliff}"/>
		<path d="M880 740L960 690 985 600 1210 590 1180 700 1080 760 1010 900 900 1024H800Z" fill="#000" opacity=".16"/>
		<path d="M1040 596L1062 320H1138L1160 596Z" fill="#f6efe2"/>
		<path d="M1057.500 376H1142.500L1147.200 434H1052.800ZM1048.200 492H1151.800L1156.500 550H1043.500Z" fill="#c8553d"/>
		<path d="M1100 320H1138L1160 596H1100Z" fill="#000" opacity=".12"/>
		<rect x="1044" y="306" width="112" height="16" rx="3" fill="#2b2b33"/>
		<rect x="1068" y="248" width="64" height="58" fill="${lamp}"/>
		<path d="M1089 248H1093V306H1089ZM1109 248H1113V306H1109Z" fill="#2b2b33" opacity=".5"/>
		<path d="M1056 250L1100 206 1144 250Z" fill="#c8553d"/>
		<rect x="1088" y="556" width="26" height="40" rx="12" fill="#2b2b33"/>
		<path d="M1180 596V528L1232 492 1284 528V620L1210 590Z" fill="#f6efe2"/>
		<path d="M1168 536L1232 484 1296 536 1284 546 1232 504 1180 546Z" fill="#8f3d2e"/>
		<rect x="1218" y="540" width="28" height="30" fill="${lamp}"/>
	</svg>`;
}

function wave(y: number, row: number): string {
	const lines = [60, 240, 420, 610].map((x, column) => {
		const start = x + ((row * 97 + column * 31) % 110);
		const length = 50 + ((row * 53 + column * 71) % 90);
		return `<path d="M${start} ${y + ((column * 17) % 26)}h${length}"/>`;
	});
	return lines.join('');
}
