// What the chains of markov.ts learn from: our own sentences, by domain. Clauses are joined by a comma and a word
// (`, and` `, but` `, so`) or by `because`, `although`, `once`, `until`, `while`, which is where a chain may change
// from one sentence into another.

const sentences = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** `{thing}` is what was bought, `{use}` what it is for. */
export const corpora = {
  'review-good': sentences(`
    The {thing} arrived two days early, and it was packed with care.
    The {thing} arrived in a plain box, and nothing was loose or scratched.
    The {thing} is well made, and it looks exactly like the photos.
    The {thing} feels solid in the hand, and every edge is clean.
    The {thing} was a gift for my sister, and she has not put it down since.
    I have used it almost every day since spring, and it still looks new.
    I have used it for {use}, and it did everything I asked of it.
    I have recommended it to two friends, and both of them ordered one.
    I was not sure about the colour, but it looks even better in daylight.
    I was not sure about the size, but it fits as if it had been made for us.
    I had my doubts at this price, but the quality surprised me.
    I would buy it again because it does one thing and does it well.
    I would buy it again because the seller cared when I had a question.
    My partner ordered a second one within a week because we kept arguing over the first.
    My neighbour asked where I got it, so I wrote the name down for her.
    The seller answered within an hour, so I could order the right one.
    The seller included a small card, and it made me smile.
    You can tell that somebody thought about the details because nothing is there by accident.
    Ideal for {use}, and it takes up hardly any room.
    Perfect for {use} because it needs no instructions at all.
    Delivery was quick, and the parcel could be opened without a knife.
    After three months it works as it did on the first day.
    After a long search this is the one I kept.
    It replaced one that cost twice as much, and I do not miss the old one.
    Even my father is pleased, although he is never pleased with anything new.
    Simple to use once you have read the first page.
  `),
  'review-mixed': sentences(`
    The {thing} does what it says, but not more than that.
    The {thing} is fine for {use}, but I would not use it for anything else.
    The {thing} feels lighter than I expected, although it has held up so far.
    The {thing} looks good, but the finish is not the same on both sides.
    It took a while to get used to, but it works once you know how.
    It works most of the time, although the first one had to be exchanged.
    It is a fair price, but I expected a bit more.
    There was a small scratch, so the seller offered a discount.
    There was no manual in the box, so I had to look for one online.
    Half of my family likes it, and the other half uses the old one.
    Delivery took longer than promised, but somebody did write to explain.
    The colour is darker than in the pictures, although I got used to it.
    I would have given four stars, but the lid does not close properly.
    I keep it because sending it back would cost more than it is worth.
    I am still not sure whether I would buy it again because there are better ones now.
    Good idea, but the size of the parts could be better.
    Decent for {use}, although the instructions could be clearer.
    After a month I use it less often, but I do not regret it.
  `),
  'review-bad': sentences(`
    The {thing} broke on the third day, and nobody answered my message.
    The {thing} arrived late, and one corner was bent.
    The {thing} is much smaller than in the pictures, so it went straight back.
    The {thing} smells of glue, and it has not got better since.
    I waited three weeks for it, and then the wrong one came.
    I asked for a refund, but I was told to be patient.
    I wanted it for {use}, but it is of no use for that.
    I returned it because a part was missing.
    I returned it because the surface came off after one wash.
    It worked for a week, but then the switch gave up.
    It looks cheap, although it was not cheap at all.
    It was packed badly, so half of it was broken.
    The seller promised a replacement, but it never came.
    The instructions are in a language nobody here can read, so we gave up.
    The photos show something else, and the description does not say so.
    Not worth the money because the old one lasted ten times as long.
    Save your money until they mend the handle.
    After two days the colour came off, and my hands were blue.
    For {use} you should look elsewhere.
  `),
  product: sentences(`
    Made in small batches, and every piece is checked by hand before it leaves us.
    Made from materials that last, so it can be handed on.
    Designed for everyday use, and easy to clean afterwards.
    Designed with people who have little room, so it folds flat.
    It fits into any drawer, and it weighs less than a book.
    It comes with everything you need, so you can begin at once.
    It comes in a box without plastic because we would rather waste nothing.
    The surface is treated with oil, so water simply runs off.
    The surface is smooth to the touch, and it grows more beautiful with age.
    The handle stays cool, and it lies well in either hand.
    The handle is made of one piece, so nothing can come loose.
    The parts can be replaced one by one because repairs should be easy.
    The lid closes tightly, so nothing spills on the way.
    Suitable for beginners, but made for those who use it every day.
    Suitable for indoor and outdoor use, although it prefers a dry place at night.
    A small helper for busy mornings, and a quiet one.
    A classic that needs no explanation, but we have added one anyway.
    We have tested it for two years, and we still use the first one.
    We have kept the shape of the original, but the inside is new.
    Each one differs a little because the colour is applied by hand.
    Wash it warm, and let it dry in the air.
    Needs no batteries, so it works wherever you are.
  `),
  ticket: sentences(`
    I cannot log in since this morning, and the reset link does not arrive.
    I cannot open the report from last month because the page stays empty.
    I cannot change the delivery address, although the order has not been sent yet.
    I tried it in two browsers, but the result is the same.
    I tried to pay twice, and now both amounts are on my card.
    I was charged for March again, although we cancelled in February.
    I was told to wait three days, but that was a week ago.
    The export stops at row five thousand, and there is no message.
    The export works on my machine, but my colleague gets an empty file.
    The invoice shows the old address, so our accounts refuse to pay it.
    The invoice is missing a tax number, so we need a corrected one.
    The app closes itself when I take a picture, and the form is lost.
    The app is very slow since the update, although nothing else has changed here.
    The new colleague sees every project because her role was set to owner.
    The integration has not synced since Tuesday, and the log only says timeout.
    The parcel is marked as delivered, but nobody here has seen it.
    Please add two more seats, and send the invoice to the same address.
    Please delete my account because I no longer work there.
    Please call me back because this is urgent for us.
    We need an answer before Friday because the audit begins on Monday.
    We need to move the workspace to another region, so please tell us what that means for our data.
    It happens only with large files, so a screenshot would not help.
    It worked last week, and nobody here has touched the settings.
    Could you check whether the webhook was sent, and tell us what it said?
    Could you raise the limit until the end of the month?
    A screenshot is attached, and I can share my screen if that helps.
  `),
  comment: sentences(`
    Thank you for this, and please write a second part.
    Thank you for the pictures because they explain more than the text.
    I tried it last weekend, and it worked at the first attempt.
    I tried the second way, but the first one was easier for me.
    I do not agree with the last point, but the rest is well put.
    I do not think it is that simple, although you make a good case.
    I have been doing it like this for years, and nobody believed me.
    I would start with the third step because the second one needs its result.
    I came for the pictures, but I stayed for the text.
    Could you say more about the second step, and about the costs?
    Could somebody explain what the table means?
    Does it also work without an oven?
    Does anybody know whether the museum is open on Mondays?
    The link at the end is broken, so here is the new address.
    The link in the second paragraph leads to an old page.
    The part about winter was new to me, and I will try it.
    This saved my weekend, so thank you.
    This is what I needed because our team had the same question yesterday.
    We do it differently, but the idea is the same.
    We had the same problem, and it was the cable.
    My grandmother did it just like that, and her kitchen was smaller.
    Nice read, although I miss the numbers.
    Great post, but the heading promises more than it says.
    Sharing this with my team because we talk about it every Monday.
    Bookmarked for the next rainy day.
    Is there a version for printing?
  `),
  article: sentences(`
    It began with a list on a kitchen table, and it ended with three empty boxes.
    It began as a joke, but after two weeks the difference was hard to miss.
    It cost less than we had feared, although the first attempt was thrown away.
    We had put it off for almost a year because nobody wanted to begin.
    We had expected the second week to be the hardest, but it was the third.
    We started with the smallest thing that could work, and we left the rest for later.
    We kept the old way running next to the new one, so we had time to be wrong.
    We still do not know why the third week went so badly, but we know what helped.
    The first attempt took a weekend, and it taught us humility.
    The first people who noticed were the ones we had forgotten to ask.
    The second version was half as long, and twice as clear.
    The tools matter less than people say because habits outlive them.
    The pictures are from the second day because the light was good.
    Most of the advice we found was written for somebody else, so we kept our own notes.
    Most of what we had planned was not needed, and nobody missed it.
    Measuring it honestly was the hardest part because the numbers did not flatter us.
    Some habits are easier to drop than others, so begin with those.
    A friend pointed out what we had overlooked, and she was right.
    A quiet day is the best day to begin because nobody asks for the result.
    There were days when nothing seemed to move, but the notes say otherwise.
    There is a version of this story with a neat ending, although this is not quite that version.
    In the end the simplest answer won because everybody could explain it.
    Looking back, the order of the steps mattered more than the steps.
    If you try this, write down what you expect before you look.
    Readers sent us better ideas than our own, and one of them changed how we plan the season.
    Nobody noticed the change, and that was the point.
    We will report again in the autumn, so keep your receipts until then.
    What matters is that somebody cares on a Monday morning.
  `),
  message: sentences(`
    Are you still coming on Thursday, or shall we move it?
    Are the keys with you, or did I leave them at the office?
    I am on my way, but the train is late again.
    I am at the station, so look for the red coat.
    I will call you once I am home.
    I will bring the cake, and you bring the plates.
    I have sent you the file, but it may take a minute.
    I have to work late, so please start without me.
    Can you pick up the parcel because I am not in town?
    Can you send me the address again, and the code for the door?
    Did you see the pictures from Sunday?
    Did it work, or do you need the other cable?
    The meeting is at ten, and the room is upstairs.
    The meeting was moved, so you can sleep longer.
    The doctor says it is nothing, but I should rest until Friday.
    Thanks for yesterday, and say hello to your mother.
    Thanks, that helps a lot.
    Sounds good, but let me check with Anna first.
    Sounds good to me, so let us do it.
    No problem, and take your time.
    Happy birthday, and see you on Saturday!
    Sorry for the late answer, but the week was full.
    Sorry, I cannot talk now because I am in a meeting.
    See you at the usual place.
  `),
  note: sentences(`
    The delivery was confirmed, and the warehouse has been told.
    The delivery has been moved to Tuesday because the address had changed.
    The last invoice was paid, but the reminder had already been sent.
    The last invoice still lacks a signature, so it cannot be booked.
    The customer called twice, and asked for a date in writing.
    The customer prefers to be called after four because the shop closes then.
    The customer agreed to the new price, so the offer can go out.
    The contract is ready for review, but two questions are open.
    The contract was sent to the main office, and a copy is in the folder.
    The new version works as expected, although the old form is still in use.
    The new version was tested on site, and everyone was informed.
    The second shipment arrived earlier than planned, so we can continue.
    The second shipment came back because nobody was there.
    The meeting was postponed until the figures are in.
    The meeting went well, and the minutes are attached.
    The supplier cannot deliver before the holidays, so we asked another one.
    The supplier offered a discount, although the quality is the same.
    The test environment is on its way, and access will be given once it is up.
    Checked together with the receipts, and nothing was missing.
    Checked on the first attempt, but it needs another look at the end of the quarter.
    Closed after a short call because the matter had settled itself.
    Follow up by the end of the week, and tell sales.
    Waiting for an answer from the local branch.
    Updated in the usual way, so no further steps are needed.
    Paid in cash, and the receipt was handed over.
  `),
  clinical: sentences(`
    Patient reports mild pain since last week, and no fever.
    Patient reports better sleep, although the cough has not gone.
    Patient feels well, and has returned to work.
    Patient was advised to rest, and to drink enough.
    Patient was advised to come back if the swelling does not go down.
    Blood pressure is within the usual range, so the dose stays as it is.
    Blood pressure was slightly raised, but it came down after ten minutes of rest.
    No known allergies, and no change in medication.
    No signs of infection, so the dressing was changed and the wound left to heal.
    The wound is healing well, and the stitches can be removed next week.
    The wound was cleaned, and a new dressing was put on.
    The results of the blood test are normal, so no further tests are needed.
    The results of the blood test are expected on Thursday.
    The dose was reduced because of dizziness in the morning.
    The dose was raised, and will be checked in four weeks.
    Referred to a specialist because the pain returns at night.
    Referred for an X-ray, although a fracture is unlikely.
    Lungs are clear, and the throat is slightly red.
    Discussed the plan with the family, and they agree.
    Discussed diet and exercise, but the patient would rather wait.
    Follow-up in six weeks, or earlier if symptoms return.
    Vaccination is up to date, so nothing was given today.
    Sleep and appetite are good, although the patient tires easily.
  `),
  bio: sentences(`
    Lives near the sea, and takes the train whenever there is one.
    Lives in a small town, but works for people all over the world.
    Lives with two cats because one would be lonely.
    Writes about food, trains and everything in between.
    Writes software by day, and bakes bread by night.
    Writes slowly because the first draft is never the last.
    Used to teach mathematics, and still explains things twice.
    Used to work in a bank, but prefers the garden now.
    Born in a valley, so mountains feel like home.
    Likes old maps, and new questions.
    Likes long walks, although the dog likes them more.
    Collects stamps, postcards and unfinished projects.
    Has been taking pictures since school, and has kept most of them.
    Has lived in four countries, so the suitcase is never far away.
    Learning to play the cello, and the neighbours know it.
    Learning Portuguese because the best recipes are in it.
    Part of the team since the beginning, and not planning to leave.
    Reads everything that comes on paper.
    Runs in the morning, and regrets it until noon.
    Always happy to answer questions about birds.
  `),
  lorem: sentences(`
    Lorem ipsum dolor sit amet, consectetur adipiscing elit.
    Sed do eiusmod tempor incididunt ut labore et dolore magna aliqua.
    Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris.
    Duis aute irure dolor in reprehenderit in voluptate velit esse.
    Excepteur sint occaecat cupidatat non proident, sunt in culpa.
    Sed ut perspiciatis unde omnis iste natus error sit voluptatem.
    Nemo enim ipsam voluptatem quia voluptas sit aspernatur aut odit.
    Ut labore et dolore magnam aliquam quaerat voluptatem.
  `),
} as const satisfies Readonly<Record<string, readonly string[]>>

export type Domain = keyof typeof corpora
