// Things that measure: sensors, what they are called, what they report.

import { below, fraction } from '../bytes/hash.ts'
import { MICROS_PER_DAY } from '../bytes/dates.ts'
import { isInteger } from '../schema/pg-type.ts'
import { plainCell } from './cell.ts'
import { fromList, measure } from './from-list.ts'
import { NUMBER_KINDS, TEXT_KINDS, type Generator } from './generator.ts'
import { scaleOf, TEXT, valueTypeOf } from './value-type.ts'
import { devices } from './words/devices.ts'

export const deviceGenerators: readonly Generator[] = [
  fromList('sensor_type', 'devices', 'temperature, humidity, motion …', devices.sensorTypes, 'sensor'),
  fromList('unit', 'devices', 'Unit of what the sensor of the same row measures', devices.units, 'sensor'),
  fromList('device_model', 'devices', 'Model of a device (invented)', devices.models),
  fromList('device_status', 'devices', 'online mostly, offline, maintenance', devices.statuses),
  fromList('connectivity', 'devices', 'wifi, lorawan …', devices.connectivity),
  fromList('room', 'devices', 'Room of a house or office', devices.rooms),
  fromList('alert_message', 'devices', 'What a device warns of', devices.alerts),
  fromList('mqtt_topic', 'devices', 'Where a device publishes', devices.topics),
  fromList('vehicle_make', 'devices', 'Maker of a car (invented)', devices.makes),
  fromList('vehicle_type', 'devices', 'van, truck …', devices.vehicleTypes),
  fromList('fuel_type', 'devices', 'petrol, diesel, electric …', devices.fuels),
  {
    name: 'serial_number',
    family: 'devices',
    summary: 'SN, two letters and eight digits',
    fits: TEXT_KINDS,
    uniqueness: 'self',
    make: (context) => {
      const index = context.permuted(1e8)
      const letters = 'ABCDEFGHJKLMNPRSTUVWXYZ'
      return plainCell(
        TEXT,
        (row) => {
          const at = index(row)
          return `SN${letters[at % 23]!}${letters[(at >>> 5) % 23]!}${String(at).padStart(8, '0')}`
        },
        12,
      )
    },
  },
  {
    name: 'firmware_version',
    family: 'devices',
    summary: 'v2.14.3; few versions are in use at a time',
    fits: TEXT_KINDS,
    make: (context) => {
      const draw = context.draw()
      return plainCell(
        TEXT,
        (row) => {
          const age = Math.floor(fraction(draw(row)) ** 2 * 12)
          return `v2.${14 - age}.${(age * 5) % 4}`
        },
        7,
      )
    },
  },
  {
    name: 'license_plate',
    family: 'devices',
    summary: 'Plate of a vehicle: QX-482 KM',
    fits: TEXT_KINDS,
    make: (context) => {
      const draw = context.draw()
      const letters = 'ABCDEFGHJKLMNPRSTUVWXYZ'
      return plainCell(
        TEXT,
        (row) => {
          const at = draw(row)
          const letter = (shift: number) => letters[(at >>> shift) % 23]!
          return `${letter(3)}${letter(9)}-${100 + below(at, 900)} ${letter(15)}${letter(20)}`
        },
        9,
      )
    },
  },
  {
    name: 'vin',
    family: 'devices',
    summary: 'Vehicle number of seventeen characters',
    fits: TEXT_KINDS,
    uniqueness: 'self',
    make: (context) => {
      const index = context.permuted(1e9)
      return plainCell(TEXT, (row) => `ZZZPG4K2${String(index(row)).padStart(9, '0')}`, 17)
    },
  },
  {
    name: 'reading',
    family: 'devices',
    summary:
      'A measured series with the course of day and year, noise and rare spikes, by the time of the row',
    fits: NUMBER_KINDS,
    uniqueness: 'never',
    options: {
      at: {
        kind: 'expression',
        summary: 'the time of the row, default recorded_at, measured_at or created_at',
      },
      series: {
        kind: 'expression',
        summary: 'what belongs together, such as sensor_id: gets a level of its own',
      },
      base: { kind: 'number', summary: 'level, default 21' },
      daily: { kind: 'number', summary: 'swing of a day, default 4' },
      yearly: { kind: 'number', summary: 'swing of a year, default 6' },
      noise: { kind: 'number', summary: 'width of the noise, default 0.4' },
      spikes: { kind: 'number', summary: 'share of outliers, default 0.002' },
    },
    make: (context) => {
      const type = valueTypeOf(context.type)
      const power = type.kind === 'float' || isInteger(context.type) ? 1 : 10 ** scaleOf(type)
      const at =
        context.expression('at') ??
        ['recorded_at', 'measured_at', 'created_at', 'time', 'ts']
          .map((name) => context.context(name))
          .find(Boolean)
      const series = context.expression('series')
      const setting = (name: string, preset: number) => context.number(name) ?? preset
      const [base, daily, yearly] = [setting('base', 21), setting('daily', 4), setting('yearly', 6)]
      const [noise, spikes] = [setting('noise', 0.4), setting('spikes', 0.002)]
      const [draw, rare] = [context.draw(), context.draw('spike')]
      const scale = at?.type.kind === 'date' ? MICROS_PER_DAY : 1
      return plainCell(type, (row) => {
        const days = at ? (Number(at.value(row) ?? 0) * scale) / MICROS_PER_DAY : row / 24
        // Coldest at five in the morning and in the middle of January, as a garden is.
        const ofDay = -Math.cos(2 * Math.PI * (days - 5 / 24)) * (daily / 2)
        const ofYear = -Math.cos((2 * Math.PI * (days - 14)) / 365.25) * (yearly / 2)
        const own = series ? ((Number(series.value(row) ?? 0) * 0.618_034) % 1) * 3 - 1.5 : 0
        const around = (fraction(draw(row)) + fraction(draw(row + 0x10000000)) - 1) * 2 * noise
        const spike = fraction(rare(row)) < spikes ? (daily + 5) * 2 : 0
        const value = base + own + ofDay + ofYear + around + spike
        return type.kind === 'float' ? Math.round(value * 100) / 100 : Math.round(value * power)
      })
    },
  },
  measure('temperature', 'devices', 'Degrees Celsius', { min: -20, max: 45, mean: 17, stddev: 8 }),
  measure('humidity', 'devices', 'Per cent', { min: 10, max: 100, mean: 52, stddev: 13 }),
  measure('pressure_hpa', 'devices', 'Pressure of the air', { min: 965, max: 1050, mean: 1014, stddev: 9 }),
  measure('battery_percent', 'devices', 'Charge of a battery', { min: 0, max: 100, mean: 74, stddev: 22 }),
  measure('signal_dbm', 'devices', 'Strength of a radio signal', {
    min: -120,
    max: -30,
    mean: -72,
    stddev: 14,
  }),
  measure('voltage', 'devices', 'Volts of a socket', { min: 215, max: 245, mean: 230, stddev: 2.5 }),
  measure('power_watts', 'devices', 'What a machine draws', {
    min: 1,
    max: 3600,
    mean: 210,
    shape: 'lognormal',
  }),
  measure('speed_kmh', 'devices', 'Speed of a vehicle', { min: 0, max: 160, mean: 54, stddev: 26 }),
  measure('co2_ppm', 'devices', 'Carbon dioxide in a room', {
    min: 400,
    max: 3000,
    mean: 720,
    shape: 'lognormal',
  }),
  measure('altitude_m', 'devices', 'Metres above the sea', {
    min: 0,
    max: 2800,
    mean: 240,
    shape: 'lognormal',
  }),
  measure('distance_km', 'devices', 'Length of a trip', { min: 0.2, max: 900, mean: 24, shape: 'lognormal' }),
  measure('noise_db', 'devices', 'Loudness', { min: 22, max: 115, mean: 48, stddev: 12 }),
]
