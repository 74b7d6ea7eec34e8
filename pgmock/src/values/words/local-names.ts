// Names by locale, commonest first. Japanese and Chinese ones carry their Latin form behind a colon, for e-mail.

import type { Locale } from '../locale.ts'
import { asciiLower } from './names.ts'

export type LocalName = { readonly native: string; readonly latin: string }

export type LocalNames = {
  /** In turn female and male, so that an even index is a woman's. */
  readonly first: readonly LocalName[]
  readonly last: readonly LocalName[]
  readonly familyFirst: boolean
  readonly between: string
  readonly company: {
    readonly words: readonly string[]
    readonly kinds: readonly string[]
    readonly forms: readonly string[]
    /** `{word} {kind} {form}` in the language's own order. */
    readonly pattern: string
  }
}

type Written = {
  female: string
  male: string
  last: string
  words: string
  kinds: string
  forms: string
  pattern?: string
  familyFirst?: boolean
  between?: string
}

function names(written: Written): LocalNames {
  const [female, male] = [list(written.female), list(written.male)]
  const pairs = Array.from({ length: Math.min(female.length, male.length) }, (_, i) => [female[i]!, male[i]!])
  return {
    first: pairs.flat().map(nameOf),
    last: list(written.last).map(nameOf),
    familyFirst: written.familyFirst ?? false,
    between: written.between ?? ' ',
    company: {
      words: list(written.words),
      kinds: list(written.kinds),
      forms: written.forms.split(','),
      pattern: written.pattern ?? '{word} {kind} {form}',
    },
  }
}

function list(text: string): string[] {
  return text.trim().split(/\s+/)
}

function nameOf(text: string): LocalName {
  const [native, latin] = text.split(':')
  return { native: native!, latin: latin ?? asciiLower(native!) }
}

export const localNames: Readonly<Record<Locale, LocalNames>> = {
  en: names({
    female: `Olivia Emma Amelia Charlotte Sophia Isla Ava Grace Lily Emily Mia Ella Evelyn Harper Chloe Hannah Sarah Jessica
Lauren Rebecca Megan Rachel Katie Lucy Alice Molly Ruby Abigail`,
    male: `Oliver Noah George Liam James William Henry Jack Thomas Benjamin Lucas Theodore Samuel Daniel Joseph Matthew Ryan
Andrew Luke Adam Nathan Jacob Ethan Harry Charlie Edward Michael David`,
    last: `Smith Johnson Williams Brown Jones Taylor Davies Miller Wilson Evans Thomas Roberts Walker Wright Robinson Thompson
White Hughes Edwards Green Hall Wood Harris Lewis Martin Jackson Clarke Clark Turner Hill Scott Cooper Morris Ward Moore King
Watson Baker Harrison Morgan Patel Young Allen Mitchell Anderson Phillips Campbell Kelly Murphy Bennett`,
    words: `Apex Horizon Summit Beacon Sterling Harbour Northfield Redwood Pioneer Granite Lakeside Willow`,
    kinds: `Systems Foods Partners Logistics Software Health Media Energy Consulting Interiors`,
    forms: 'Ltd,Inc.,LLC,PLC',
  }),
  de: names({
    female: `Emilia Mia Sophia Emma Hannah Lina Marie Anna Lea Lena Johanna Laura Julia Katharina Sabine Petra Monika Ursula
Andrea Claudia Susanne Birgit Christine Karin Renate Nicole Stefanie Antje`,
    male: `Noah Leon Paul Elias Finn Luca Felix Jonas Maximilian Lukas Ben Jakob Thomas Michael Andreas Stefan Christian
Wolfgang Klaus Jürgen Matthias Markus Sebastian Tobias Jan Florian Uwe Dieter`,
    last: `Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf
Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Krause Meier Lehmann Huber Mayer
Herrmann König Walter Peters Lang Vogel Keller Günther Frank Berger Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster`,
    words: `Nordlicht Bergmann Rheintal Hansa Schwarzwald Alpenblick Adler Sonnenhof Hagen Weser Elbtal Lindner`,
    kinds: `Maschinenbau Logistik Software Bau Elektrotechnik Lebensmittel Medizintechnik Verlag Beratung Energie`,
    forms: 'GmbH,AG,GmbH & Co. KG,OHG,e. K.',
  }),
  fr: names({
    female: `Jade Louise Ambre Alba Emma Rose Alice Romy Anna Lina Léna Chloé Manon Camille Inès Léa Juliette Sarah Élise
Marie Nathalie Isabelle Sylvie Catherine Françoise Monique Céline Aurélie`,
    male: `Gabriel Raphaël Léo Louis Maël Noah Jules Adam Arthur Hugo Lucas Nathan Théo Antoine Thomas Nicolas Julien
Alexandre Pierre Jean Michel Philippe Alain Patrick Christophe Laurent Stéphane François`,
    last: `Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefebvre Leroy Roux David
Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller Lefèvre Faure André Mercier Blanc Guérin
Boyer Garnier Chevalier François Legrand Gauthier Garcia Perrin Robin Clément Morin Nicolas Henry Roussel Mathieu Gautier Masson`,
    words: `Lumière Beaumont Rivière Horizon Duval Provence Atlantique Clairval Montagne Océane Bellevue Solstice`,
    kinds: `Conseil Transports Logiciels Énergie Distribution Bâtiment Santé Éditions Traiteur Textiles`,
    forms: 'SARL,SAS,SA,SCOP',
  }),
  es: names({
    female: `Lucía Sofía Martina María Valeria Julia Paula Emma Daniela Carla Alba Carmen Sara Laura Marta Ana Elena Cristina
Isabel Raquel Pilar Rosa Teresa Mercedes Dolores Beatriz Silvia Inés`,
    male: `Hugo Martín Mateo Lucas Leo Daniel Alejandro Manuel Pablo Álvaro Adrián Diego Javier Carlos Antonio José Francisco
Juan David Miguel Jesús Rafael Pedro Ángel Sergio Fernando Luis Jorge`,
    last: `García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez Hernández Ruiz Díaz Moreno
Muñoz Álvarez Romero Gutiérrez Alonso Navarro Torres Domínguez Ramos Vázquez Ramírez Gil Serrano Morales Molina Blanco Suárez
Castro Ortega Delgado Ortiz Marín Rubio Núñez Medina Sanz Castillo Iglesias Cortés Garrido Santos Guerrero Lozano Cano Cruz`,
    words: `Sol Levante Ibérica Mediterránea Alameda Sierra Costa Andaluza Castilla Aurora Olivar Atlántida`,
    kinds: `Consultores Transportes Alimentación Energía Construcciones Textil Informática Hostelería Salud Editorial`,
    forms: 'S.L.,S.A.,S.A. de C.V.',
  }),
  pt: names({
    female: `Maria Alice Helena Laura Cecília Júlia Beatriz Mariana Ana Sofia Leonor Matilde Carolina Inês Francisca Fernanda
Camila Juliana Patrícia Aline Letícia Larissa Gabriela Rafaela Vanessa Teresa Rita Joana`,
    male: `Miguel João Francisco Gabriel Pedro Davi Arthur Lucas Rafael Gustavo Mateus Tiago Duarte Afonso Bruno Felipe
Rodrigo Marcelo Carlos Paulo António Luís Ricardo Fernando Eduardo André Vítor Nuno`,
    last: `Silva Santos Oliveira Souza Pereira Ferreira Costa Rodrigues Almeida Nascimento Lima Araújo Fernandes Carvalho
Gomes Martins Rocha Ribeiro Alves Monteiro Mendes Barros Freitas Barbosa Pinto Moura Cavalcanti Dias Castro Campos Cardoso
Teixeira Correia Lopes Marques Sousa Nunes Moreira Vieira Reis Cunha Ramos Azevedo Fonseca Machado Duarte Borges Neves Tavares
Coelho`,
    words: `Aurora Atlântico Ipanema Serra Lusitana Horizonte Paulista Ouro Tropical Minho Planalto Tejo`,
    kinds: `Alimentos Transportes Consultoria Engenharia Software Energia Têxteis Saúde Comércio Construções`,
    forms: 'Ltda.,S.A.,Lda.,EIRELI',
  }),
  ja: names({
    female: `陽菜:hina 結衣:yui 美咲:misaki 葵:aoi さくら:sakura 凛:rin 結菜:yuna 莉子:riko 美羽:miu 優奈:yuna 花子:hanako 恵子:keiko
由美子:yumiko 洋子:yoko 智子:tomoko 直美:naomi 真由美:mayumi 明美:akemi 彩:aya 愛:ai`,
    male: `蓮:ren 陽翔:haruto 大翔:hiroto 湊:minato 悠真:yuma 翔太:shota 健太:kenta 拓也:takuya 大輔:daisuke 直樹:naoki 健一:kenichi
誠:makoto 浩:hiroshi 隆:takashi 修:osamu 学:manabu 翼:tsubasa 亮:ryo 駿:shun 樹:itsuki`,
    last: `佐藤:sato 鈴木:suzuki 高橋:takahashi 田中:tanaka 伊藤:ito 渡辺:watanabe 山本:yamamoto 中村:nakamura 小林:kobayashi
加藤:kato 吉田:yoshida 山田:yamada 佐々木:sasaki 山口:yamaguchi 松本:matsumoto 井上:inoue 木村:kimura 林:hayashi 斎藤:saito
清水:shimizu 山崎:yamazaki 森:mori 池田:ikeda 橋本:hashimoto 阿部:abe 石川:ishikawa 山下:yamashita 中島:nakajima 石井:ishii
小川:ogawa 前田:maeda 岡田:okada 長谷川:hasegawa 藤田:fujita 後藤:goto 近藤:kondo 村上:murakami 遠藤:endo 青木:aoki 坂本:sakamoto`,
    words: `東洋 富士 三和 日の出 青葉 大和 北斗 さくら 瑞穂 光陽 朝日 若葉`,
    kinds: `商事 電機 食品 運輸 建設 製作所 システム 工業 出版 薬品`,
    forms: '株式会社,有限会社,合同会社',
    pattern: '{form}{word}{kind}',
    familyFirst: true,
  }),
  zh: names({
    female: `芳:fang 娜:na 秀英:xiuying 敏:min 静:jing 丽:li 艳:yan 娟:juan 霞:xia 玲:ling 桂英:guiying 雪:xue 欣怡:xinyi 雨涵:yuhan
思雨:siyu 佳怡:jiayi 梦琪:mengqi 晓燕:xiaoyan 婷婷:tingting 红:hong`,
    male: `伟:wei 强:qiang 磊:lei 军:jun 洋:yang 勇:yong 杰:jie 涛:tao 明:ming 超:chao 刚:gang 平:ping 建国:jianguo 志强:zhiqiang
浩然:haoran 子轩:zixuan 宇航:yuhang 俊杰:junjie 文博:wenbo 天宇:tianyu`,
    last: `王:wang 李:li 张:zhang 刘:liu 陈:chen 杨:yang 黄:huang 赵:zhao 吴:wu 周:zhou 徐:xu 孙:sun 马:ma 朱:zhu 胡:hu 郭:guo
何:he 林:lin 罗:luo 高:gao 郑:zheng 梁:liang 谢:xie 宋:song 唐:tang 许:xu 韩:han 邓:deng 冯:feng 曹:cao 彭:peng 曾:zeng
肖:xiao 田:tian 董:dong 潘:pan 袁:yuan 蔡:cai 蒋:jiang 余:yu`,
    words: `华兴 东方 天成 金辉 长城 瑞丰 恒达 盛世 宏远 新锐 锦绣 博雅`,
    kinds: `科技 贸易 食品 物流 建设 医药 电子 文化传媒 能源 纺织`,
    forms: '有限公司,股份有限公司,集团',
    pattern: '{word}{kind}{form}',
    familyFirst: true,
    between: '',
  }),
}
