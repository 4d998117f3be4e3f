import { givenText } from '../conversation/offers/given.ts';
import { labelOf, type Offer, type OfferId } from '../conversation/offers/offer.ts';
import { waysOf } from '../conversation/offers/ways-out.ts';
import { saveManifests } from '../conversation/save-manifests.ts';
import type { Draft } from '../pairing/answers/draft.ts';
import { defined } from '../pairing/words/json.ts';
import type { Problem } from '../pairing/words/problem.ts';
import type { WayWords } from '../pairing/words/way.ts';
import { choose, confirm } from './choose.ts';
import type { Dialogue } from './dialogue.ts';

type Labels = Readonly<Partial<Record<OfferId, string>>>;

/** One of what can be done here, by its number; what can't be undone is asked about. @returns undefined: back */
export async function chooseOffer(
	dialogue: Dialogue,
	offers: readonly Offer[],
	{
		labels = {},
		...rest
	}: Readonly<{ labels?: Labels; initial?: OfferId | undefined; help?: readonly string[] }> = {},
): Promise<Offer | undefined> {
	const { draft } = dialogue.state();
	const items = offers.map(({ id }) => ({
		id,
		label: labels[id] ?? labelOf(id),
		...defined({ description: givenText(id, draft) }),
	}));
	for (;;) {
		const id = await choose(dialogue, { items, ...rest });
		const offer = offers.find(each => each.id === id);
		if (offer?.confirm === undefined || (await confirm(dialogue, offer.confirm))) {
			return offer;
		}
	}
}

/** A way out as the entry that takes it here. */
export const entryWords = (offers: readonly Offer[], draft: Draft): WayWords =>
	waysOf(draft, id => (offers.some(offer => offer.id === id) ? `choose "${labelOf(id)}" below` : undefined));

export async function saveAttachments(
	{ say, keyboard, services }: Dialogue,
	problems: readonly Problem[],
): Promise<void> {
	(await keyboard.during(saveManifests(problems, services))).forEach(say);
}
