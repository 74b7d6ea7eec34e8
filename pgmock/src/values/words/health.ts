/** ICD-10 codes with their names, commonest in a practice first. */
export const diagnoses: readonly (readonly [code: string, name: string])[] = `I10|Essential hypertension
J06.9|Acute upper respiratory infection
E11.9|Type 2 diabetes mellitus
M54.5|Low back pain
E78.5|Hyperlipidaemia
F32.9|Depressive episode
J45.909|Asthma
K21.9|Gastro-oesophageal reflux disease
F41.9|Anxiety disorder
J20.9|Acute bronchitis
N39.0|Urinary tract infection
M17.9|Osteoarthritis of knee
G43.909|Migraine
E03.9|Hypothyroidism
L20.9|Atopic dermatitis
J30.9|Allergic rhinitis
I25.10|Coronary heart disease
K29.70|Gastritis
M25.50|Joint pain
I48.91|Atrial fibrillation
G47.00|Insomnia
H10.9|Conjunctivitis
D64.9|Anaemia
J18.9|Pneumonia
S93.40|Sprain of ankle
B34.9|Viral infection
K59.00|Constipation
N18.9|Chronic kidney disease
J44.9|Chronic obstructive pulmonary disease
R51.9|Headache
L70.0|Acne
I50.9|Heart failure`
  .split('\n')
  .map((line) => line.split('|') as [string, string]) // two parts in every line above

/** Generic names with a usual strength. */
export const medications: readonly (readonly [name: string, dose: string])[] = `Metformin|500 mg
Lisinopril|10 mg
Atorvastatin|20 mg
Levothyroxine|75 µg
Amlodipine|5 mg
Omeprazole|20 mg
Ibuprofen|400 mg
Salbutamol|100 µg
Amoxicillin|500 mg
Paracetamol|500 mg
Ramipril|5 mg
Sertraline|50 mg
Simvastatin|40 mg
Bisoprolol|2.5 mg
Pantoprazole|40 mg
Metoprolol|50 mg
Losartan|50 mg
Citalopram|20 mg
Prednisolone|5 mg
Furosemide|40 mg
Apixaban|5 mg
Azithromycin|250 mg
Gabapentin|300 mg
Cetirizine|10 mg
Insulin glargine|100 U/ml
Naproxen|250 mg`
  .split('\n')
  .map((line) => line.split('|') as [string, string]) // two parts in every line above

export const health = {
  frequencies:
    'once daily, twice daily, three times daily, every 8 hours, at bedtime, as needed, once weekly, before meals',
  bloodTypes: ['O+', 'A+', 'B+', 'O-', 'A-', 'AB+', 'B-', 'AB-'],
  specialties: `General Practice, Internal Medicine, Paediatrics, Cardiology, Orthopaedics, Dermatology, Gynaecology, Neurology,
Psychiatry, Radiology, Anaesthesiology, Oncology, Ophthalmology, Emergency Medicine, Urology, Endocrinology`,
  allergies: `Penicillin, Pollen, House dust mite, Peanuts, Latex, Cow's milk, Ibuprofen, Bee venom, Shellfish, Nickel, Cats, Eggs`,
  procedures: `Blood draw, Electrocardiogram, X-ray of chest, Physical examination, Vaccination, Ultrasound of abdomen,
Wound care, Spirometry, Colonoscopy, MRI of knee, CT of head, Suture removal, Gastroscopy, Joint injection, Echocardiogram,
Skin biopsy`,
  labTests: `Complete blood count, Glucose, HbA1c, Cholesterol, Creatinine, TSH, C-reactive protein, Potassium, Sodium, ALT,
Ferritin, Vitamin D, Urea, INR, Triglycerides, PSA`,
  symptoms: `cough, headache, fatigue, fever, back pain, sore throat, nausea, dizziness, shortness of breath, joint pain,
abdominal pain, rash, insomnia, chest pain, loss of appetite, palpitations`,
  plans: `Meadow Basic, Meadow Plus, Clearwater PPO, Clearwater HMO, Harbour Family, Summit Gold, Summit Silver, Beacon Senior,
Public Insurance, Self-pay`,
  vaccines:
    'Influenza, COVID-19, Tetanus, Measles-mumps-rubella, Hepatitis B, HPV, Pneumococcal, Tick-borne encephalitis, Polio',
  wards: `Emergency, Internal Medicine, Surgery, Intensive Care, Maternity, Paediatrics, Cardiology, Orthopaedics, Oncology,
Neurology`,
} as const
