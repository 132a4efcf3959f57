/** An SVG that stands in for a generated picture: edges, text and a transparent sky, different for each number. */
export function sceneSvg(number: number): string {
	const hue = (number * 67) % 360;
	const windows = [0, 1, 2, 3]
		.map(index => `<rect x="${120 + index * 340}" y="330" width="260" height="230" rx="24" fill="hsl(${hue} 40% 82%)"/>`)
		.join('');
	return `<svg xmlns="http://www.w3.org/2000/svg" width="1536" height="1024" viewBox="0 0 1536 1024">
<path d="M0 240h1536v784H0z" fill="hsl(${hue} 28% 34%)"/>
${windows}
<path d="M0 700h1536v60H0z" fill="hsl(${(hue + 40) % 360} 70% 52%)"/>
<circle cx="360" cy="920" r="90" fill="#222"/><circle cx="1176" cy="920" r="90" fill="#222"/>
<text x="768" y="180" font-family="sans-serif" font-size="120" text-anchor="middle" fill="hsl(${hue} 60% 45%)">Scene ${number}</text>
</svg>`;
}
