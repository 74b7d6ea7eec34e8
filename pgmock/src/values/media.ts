// Blogs, books, films, music, travel, school, food: titles and words of everyday databases.

import { below, mix } from '../bytes/hash.ts'
import { plainCell } from './cell.ts'
import { evenly, fromList, measure } from './from-list.ts'
import { TEXT_KINDS, type Generator, type GeneratorContext } from './generator.ts'
import { chainOf } from './prose.ts'
import { TEXT } from './value-type.ts'
import { withArticle } from './article.ts'
import { media } from './words/media.ts'

/** `{noun}` stands for a word of that list, `{a noun}` for it behind its article; one draw decides all of them. */
function template(
  name: string,
  summary: string,
  patterns: readonly string[],
  words: Readonly<Record<string, readonly string[]>>,
  thing?: string,
): Generator {
  return {
    name,
    family: 'media',
    summary,
    fits: TEXT_KINDS,
    make: (context: GeneratorContext) => {
      const draw = thing === undefined ? context.draw() : context.shared(thing)
      return plainCell(
        TEXT,
        (row) => {
          const seed = draw(row)
          let lane = 1
          const choose = (list: readonly string[]) => list[below(mix(lane++, seed, 0x4cf5ad43), list.length)]!
          return choose(patterns).replaceAll(
            /\{(a )?(\w+)\}/g,
            (_, article: string | undefined, key: string) => {
              const chosen = choose(words[key]!)
              return article === undefined ? chosen : withArticle(chosen)
            },
          )
        },
        120,
      )
    },
  }
}

function article(name: string, summary: string, least: number, most: number, markdown: boolean): Generator {
  return {
    name,
    family: 'media',
    summary,
    fits: TEXT_KINDS,
    make: (context) => {
      const draw = context.draw()
      const chain = chainOf('article')
      return plainCell(TEXT, (row) => {
        const seed = draw(row)
        const count = least + below(mix(1, seed, 0x1f83d9ab), most - least + 1)
        const sentences: string[] = []
        for (let lane = 0; sentences.length < count; lane++) {
          const next = chain(seed, lane)
          // No sentence twice; a long article may run out of new ones, and then takes what comes.
          if (lane > 3 * count || !sentences.includes(next)) sentences.push(next)
        }
        if (!markdown) return sentences.join(' ')
        const blocks: string[] = []
        for (let i = 0; i < sentences.length; i += 3) blocks.push(sentences.slice(i, i + 3).join(' '))
        return blocks.length > 2
          ? [
              blocks[0]!,
              `## ${media.headings[below(seed, media.headings.length)]!}`,
              ...blocks.slice(1),
            ].join('\n\n')
          : blocks.join('\n\n')
      })
    },
  }
}

export const mediaGenerators: readonly Generator[] = [
  template('blog_title', 'Title of a post', media.blogPatterns, media.blogWords, 'post'),
  template('book_title', 'Title of a book that does not exist', media.bookPatterns, media.bookWords, 'book'),
  template(
    'movie_title',
    'Title of a film that does not exist',
    media.moviePatterns,
    media.bookWords,
    'film',
  ),
  template('song_title', 'Title of a song that does not exist', media.songPatterns, media.bookWords, 'song'),
  template(
    'album_title',
    'Title of an album that does not exist',
    media.albumPatterns,
    media.bookWords,
    'album',
  ),
  template('band_name', 'Name of a band that does not exist', media.bandPatterns, media.bookWords, 'band'),
  template('course_title', 'Title of a course', media.coursePatterns, media.courseWords),
  template('event_title', 'Name of a conference or meeting', media.eventPatterns, media.courseWords),
  article('article_text', 'Markdown of a post: paragraphs with a heading', 6, 15, true),
  article('excerpt', 'The first two sentences of an article', 2, 2, false),
  fromList('blog_tag', 'media', 'Tag of a post', media.tags),
  fromList('post_status', 'media', 'published mostly, draft …', media.postStatuses),
  fromList('reaction', 'media', 'like, love …', media.reactions),
  fromList('genre', 'media', 'Genre of books and films', media.genres),
  fromList('music_genre', 'media', 'Rock, Pop …', media.musicGenres),
  fromList('film_rating', 'media', 'G to NC-17', media.filmRatings),
  fromList('publisher', 'media', 'Publishing house (invented)', media.publishers),
  fromList('social_network', 'media', 'Where somebody posts', media.networks),
  fromList('airline', 'travel', 'Airline (invented)', media.airlines),
  fromList('airport_code', 'travel', 'IATA code of an airport', media.airports),
  fromList('hotel_name', 'travel', 'Hotel (invented)', media.hotels),
  fromList('room_type', 'travel', 'Kind of hotel room', media.roomTypes),
  fromList('travel_class', 'travel', 'economy mostly', media.travelClasses),
  fromList('university', 'education', 'University (invented)', media.universities),
  fromList('school_subject', 'education', 'Mathematics …', media.subjects),
  fromList('degree', 'education', 'Bachelor of Science …', media.degrees),
  fromList('grade', 'education', 'A to F', media.grades),
  fromList('dish', 'food', 'Something to eat', media.dishes),
  fromList('ingredient', 'food', 'What it is made of', media.ingredients),
  fromList('cuisine', 'food', 'Italian …', media.cuisines),
  fromList('animal', 'nature', 'An animal', media.animals),
  fromList('dog_breed', 'nature', 'A breed of dogs', media.dogs),
  fromList('plant', 'nature', 'A plant', media.plants),
  fromList('weather', 'nature', 'cloudy, sunny …', media.weather),
  fromList('hobby', 'person', 'What somebody does for pleasure', media.hobbies),
  fromList('marital_status', 'person', 'married, single …', media.maritalStatuses),
  fromList('relationship', 'person', 'spouse, mother …: who to call in an emergency', media.relationships),
  fromList('sport', 'media', 'football …', media.sports),
  evenly('weekday', 'time', 'Monday to Sunday', media.weekdays),
  evenly('month_name', 'time', 'January to December', media.months),
  evenly('emoji', 'text', 'One emoji', media.emojis),
  measure('view_count', 'media', 'How often something was seen: a few things very often', {
    min: 0,
    max: 250_000,
    mean: 900,
    shape: 'lognormal',
  }),
  measure('like_count', 'media', 'How many liked it', { min: 0, max: 5000, mean: 24, shape: 'lognormal' }),
  measure('reading_minutes', 'media', 'Time to read a text', { min: 1, max: 25, mean: 6, stddev: 3 }),
  measure('release_year', 'media', 'Year something came out, recent ones more often', {
    min: 1950,
    max: 2025,
    mean: 2012,
    stddev: 14,
  }),
  measure('percent', 'basic', 'Zero to a hundred', { min: 0, max: 100, mean: 50, stddev: 22 }),
  measure('score', 'basic', 'Zero to a hundred, mostly good', { min: 0, max: 100, mean: 71, stddev: 16 }),
]
