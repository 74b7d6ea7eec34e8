// First names by how often they are met (commonest first), last names likewise; own selection across Western languages.

export const femaleNames =
  `Emma Olivia Sophia Maria Anna Mia Laura Julia Sarah Hannah Elena Clara Alice Chloe Grace Nora
Lena Eva Amelia Isabella Charlotte Lucy Zoe Camila Valentina Ingrid Freya Astrid Margaret Ruth Teresa Beatriz Carmen Lucía
Noémie Céline Amélie Giulia Chiara Francesca Katarzyna Zofia Agnieszka Leila Yasmin Aisha Fatima Priya Ananya Mei Yuki Hana
Naomi Miriam Rachel Judith Helen Diana Irene Joan Frances Rosa Pilar Inês Mariana Gabriela Daniela Paula Sandra Nicole
Stephanie Megan Erin Siobhan Fiona Heather Bronwyn Ines Greta Johanna Matilda Tuva Saga Linnea Signe Aino Helmi Ieva Petra
Jana Tereza Mila Iva Ivana Dragana Eleni Despina Sofija Olga Irina Tatiana Svetlana Nadia Amina Zainab Ngozi Adaeze Wanjiru
Thandi Lindiwe Kalea Talia Odette Maeve Harriet Cordelia Winifred`.split(/\s+/)

export const maleNames =
  `James Daniel Michael Thomas David Lucas Noah Liam Leo Paul Max Felix Jonas Oliver Jack Henry William
Samuel Adam Hugo Louis Gabriel Rafael Mateo Diego Javier Carlos Miguel Antonio Pedro João Tiago Marco Luca Matteo Lorenzo
Giovanni Stefan Andreas Markus Jürgen Björn Erik Lars Nils Sven Mikkel Anders Oskar Emil Aleksander Piotr Tomasz Jakub Marek
Jan Pavel Ondřej Milan Nikola Dimitris Yannis Ivan Sergei Dmitri Mikhail Yusuf Omar Ali Hassan Karim Tariq Arjun Rohan Vikram
Wei Jun Kenji Hiroshi Takumi Minh Joseph Aaron Benjamin Isaac Nathan Simon Peter Philip Robert Richard Edward George Charles
Arthur Alfred Patrick Sean Connor Declan Rhys Owen Callum Angus Hamish Theo Victor Étienne Rémi Mathieu Kwame Chinedu Sipho
Tendai Kofi Keanu Jasper Rupert Cedric Ambrose`.split(/\s+/)

export const lastNames =
  `Smith Johnson Müller García Martin Brown Silva Rossi Williams Jones Schmidt Miller Davis Martínez Wilson
Fernández Schneider Taylor Anderson López Fischer Dubois Moore Weber Jackson Bernard White Harris Costa Santos Ferreira Clark
Lewis Robinson Walker Young Pérez Sánchez Ramírez Torres Wagner Becker Hoffmann Koch Richter Klein Wolf Schröder Neumann Braun
Petit Durand Leroy Moreau Laurent Girard Bonnet Rousseau Bianchi Ferrari Esposito Romano Colombo Ricci Marino Greco Bruno
Kowalski Nowak Wiśniewski Novák Svoboda Dvořák Horvat Kovač Popescu Ionescu Papadopoulos Nikolaidis Ivanov Petrov Hansen
Nielsen Jensen Andersen Larsen Johansson Lindqvist Bergström Virtanen Korhonen Murphy Kelly O'Brien Byrne Ryan Walsh Campbell
Stewart MacDonald Fraser Evans Morgan Hughes Griffiths Cohen Levy Katz Haddad Khoury Mansour Ahmed Khan Hussain Patel Sharma
Singh Gupta Nair Chen Wang Li Zhang Liu Nguyen Tran Pham Kim Park Choi Tanaka Suzuki Sato Watanabe Okafor Adeyemi Mensah Dlamini
Nkosi Abebe Kamau Otieno Baker Carter Cooper Parker Turner Ward Wright Hill Green Hall Adams Nelson Mitchell Roberts Phillips
Brooks Bennett Wood Barnes Ross Henderson Coleman Jenkins Perry Powell Long Patterson Hayes Sullivan Whitaker Holloway
Fairchild Ashworth Pemberton Thistlewood`.split(/\s+/)

export const jobTitles = [
  'Software Engineer',
  'Sales Manager',
  'Accountant',
  'Project Manager',
  'Teacher',
  'Nurse',
  'Product Manager',
  'Customer Support Agent',
  'Designer',
  'Data Analyst',
  'Operations Manager',
  'Marketing Specialist',
  'Electrician',
  'Store Manager',
  'HR Partner',
  'Warehouse Lead',
  'Financial Analyst',
  'Architect',
  'Chef',
  'Pharmacist',
  'Mechanical Engineer',
  'Account Executive',
  'Editor',
  'Logistics Coordinator',
  'Legal Counsel',
  'Photographer',
  'Research Scientist',
  'Physiotherapist',
  'Buyer',
  'Quality Inspector',
  'Chief Financial Officer',
  'Carpenter',
]

/** Letters that survive in an e-mail address: accents off, everything else that is not a-z gone. */
export function asciiLower(text: string): string {
  return text
    .replaceAll(/[øØ]/g, 'o')
    .replaceAll(/[łŁ]/g, 'l')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
}
